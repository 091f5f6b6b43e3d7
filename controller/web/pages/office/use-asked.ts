import { useCallback, useEffect, useState } from "preact/hooks";
import { goToSignIn, type Link, pageClock } from "../../design/design.ts";
import { read, type Reply } from "../kiosk/requests.ts";

type Delay = Parameters<typeof pageClock.after>[0];
/** Pages about attendance are read, not watched: a look now and then is enough. */
export const LOOK_AGAIN_MS = 30_000 as Delay;

export interface Asked<T> {
  /** The last good answer. */
  readonly value: T | null;
  /** What the hall said instead, when it refused. */
  readonly refused: Extract<Reply<never>, { kind: "refused" }> | null;
  readonly link: Link;
  readonly heardAtMs: number | null;
  /** Asks at once, after something was done. */
  readonly again: () => void;
}

const NOTHING = { value: null, refused: null, link: "connecting", heardAtMs: null } as const;

/** What the hall answers to `path`, asked again every half minute; an answer in time for an older path is dropped. */
export function useAsked<T>(path: string | null): Asked<T> {
  const [state, setState] = useState<Omit<Asked<T>, "again">>(NOTHING);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => setState(NOTHING), [path]);
  useEffect(() => {
    if (path === null) return;
    let ended = false;
    let timer: { cancel(): void } | null = null;
    const look = async (): Promise<void> => {
      const reply = await read<T>(path);
      if (ended) return;
      setState((before) => taken(before, reply));
      timer = pageClock.after(LOOK_AGAIN_MS, () => void look());
    };
    void look();
    return () => {
      ended = true;
      timer?.cancel();
    };
  }, [path, turn]);
  return { ...state, again };
}

function taken<T>(before: Omit<Asked<T>, "again">, reply: Reply<T>): Omit<Asked<T>, "again"> {
  if (reply.kind === "away") return { ...before, link: "down" };
  const heard = { link: "up", heardAtMs: pageClock.now() } as const;
  if (reply.kind === "ok") return { value: reply.value, refused: null, ...heard };
  if (reply.code === "not-signed-in") goToSignIn();
  return { value: null, refused: reply, ...heard };
}
