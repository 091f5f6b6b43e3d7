import { useEffect, useMemo, useState } from "preact/hooks";
import type { ActionDone } from "../../../adapters/http/clerk-desk.ts";
import type { DeskPicture } from "../../../projections/desk-picture.ts";
import { pageClock, type Words } from "../../design/design.ts";
import { type Polled, usePolled } from "../kiosk/polled.ts";
import { type Reply, read, send } from "../kiosk/requests.ts";
import { touchKeys } from "../kiosk/touch-keys.ts";
import type { Wish } from "./clerk-wish.ts";

/** What came of the last action, or of the token. */
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
const TOKEN_AGAIN_AFTER_MS = 2_000;
type Delay = Parameters<typeof pageClock.after>[0];

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

/** A token is not used up by silence, nor while nobody is on duty: the page opens with the badge. */
export const isStillGood = (reply: Reply<unknown>): boolean =>
  reply.kind === "away" || (reply.kind === "refused" && reply.code === "action-refused");

/** The session of one counter: the token is exchanged once, for a cookie that this program never sees. */
export function useDesk(counter: string, token: string | null): Desk {
  const root = `/api/counters/${encodeURIComponent(counter)}`;
  const drawKey = useMemo(() => touchKeys(`counter-${counter}`, pageClock.now), [counter]);
  const [opening, setOpening] = useState(token !== null);
  const [news, setNews] = useState<News | null>(null);
  const [pending, setPending] = useState(false);
  const [polled, again] = usePolled<DeskPicture>(() => read(`${root}/desk`), PICTURE_EVERY_MS, !opening);

  useEffect(() => {
    let ended = false;
    async function exchange(): Promise<void> {
      const reply = await send(`${root}/session`, { body: { token } });
      if (ended) return;
      setNews(reply.kind === "refused" ? { words: reply.words, refused: true } : null);
      if (isStillGood(reply)) pageClock.after(TOKEN_AGAIN_AFTER_MS as Delay, () => void exchange());
      else setOpening(false);
    }
    if (token !== null) void exchange();
    return () => {
      ended = true;
    };
  }, [root, token]);

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
