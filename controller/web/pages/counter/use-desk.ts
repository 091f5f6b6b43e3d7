import { useEffect, useMemo, useState } from "preact/hooks";
import type { ActionDone } from "../../../adapters/http/clerk-desk.ts";
import type { DeskPicture } from "../../../projections/desk-picture.ts";
import { goToSignIn, pageClock, type Words } from "../../design/design.ts";
import { type Polled, usePolled } from "../kiosk/polled.ts";
import { type Reply, read, send } from "../kiosk/requests.ts";
import { touchKeys } from "../kiosk/touch-keys.ts";
import type { Wish } from "./clerk-wish.ts";

/** What came of the last action. */
export interface News {
  readonly words: Words;
  readonly refused: boolean;
}

export interface Desk {
  readonly polled: Polled<DeskPicture>;
  readonly news: News | null;
  readonly pending: boolean;
  /** True when it was done. */
  readonly act: (wish: Wish) => Promise<boolean>;
}

const PICTURE_EVERY_MS = 2_000;

export const UNCONFIRMED: Words = {
  zh: "没有得到确认：请先看窗口现状，再决定是否重做",
  en: "Not confirmed: look at the window as it is before you do it again",
};

/** A refusal is shown in the hall's own words. */
export function newsOf(reply: Reply<ActionDone>): News {
  switch (reply.kind) {
    case "ok": {
      const { number, text } = reply.value;
      const named = (words: string): string => (number === null ? words : `${number} ${words}`);
      return { words: { zh: named(text.zh), en: named(text.en) }, refused: false };
    }
    case "refused":
      return { words: reply.words, refused: true };
    case "away":
      return { words: UNCONFIRMED, refused: true };
    default:
      return reply satisfies never;
  }
}

/** Signed out: only the sign-in page helps. Not on duty here: the page opens by itself with the badge. */
const SIGNED_OUT = "not-signed-in";

/** One window, for whoever is signed in and on duty there. */
export function useDesk(counter: string): Desk {
  const root = `/api/counters/${encodeURIComponent(counter)}`;
  const drawKey = useMemo(() => touchKeys(`counter-${counter}`, pageClock.now), [counter]);
  const [news, setNews] = useState<News | null>(null);
  const [pending, setPending] = useState(false);
  const [polled, again] = usePolled<DeskPicture>(() => read(`${root}/desk`), PICTURE_EVERY_MS);
  const isOut = polled.refusal?.code === SIGNED_OUT;
  useEffect(() => {
    if (isOut) goToSignIn();
  }, [isOut]);

  async function act(wish: Wish): Promise<boolean> {
    setPending(true);
    const headers = { "idempotency-key": drawKey() };
    const reply = await send<ActionDone>(`${root}/actions`, { body: wish, headers });
    setPending(false);
    setNews(newsOf(reply));
    again();
    return reply.kind === "ok";
  }
  return { polled, news, pending, act };
}
