import { useEffect, useRef, useState } from "preact/hooks";
import { type Link, pageClock } from "../../design/design.ts";
import type { Reply } from "./requests.ts";

/** A picture that is asked for again and again, because it belongs to one page and no stream carries it. */
export interface Polled<T> {
  /** The last good one, kept while the link is down. */
  readonly picture: T | null;
  readonly link: Link;
  readonly heardAtMs: number | null;
  /** Why the hall answers and gives no picture. */
  readonly refusal: Extract<Reply<T>, { kind: "refused" }> | null;
}

export const notPolledYet = <T>(): Polled<T> => ({ picture: null, link: "connecting", heardAtMs: null, refusal: null });

/** What a reply makes of what is known: a lost link keeps the picture, and so does a refusal. */
export function polledNext<T>(before: Polled<T>, reply: Reply<T>, nowMs: number): Polled<T> {
  switch (reply.kind) {
    case "ok":
      return { picture: reply.value, link: "up", heardAtMs: nowMs, refusal: null };
    case "refused":
      return { ...before, link: "up", heardAtMs: nowMs, refusal: reply };
    case "away":
      return before.heardAtMs === null ? before : { ...before, link: "down" };
    default:
      return reply satisfies never;
  }
}

/** Asks once per `everyMs`, one request at a time; `again()` asks at once. Stands still while `active` is false. */
export function usePolled<T>(ask: () => Promise<Reply<T>>, everyMs: number, active = true): [Polled<T>, () => void] {
  const [polled, setPolled] = useState<Polled<T>>(notPolledYet);
  const askNow = useRef<() => void>(() => {});
  useEffect(() => {
    if (!active) return undefined;
    let ended = false;
    let round = 0;
    let timer = pageClock.after(0 as Delay, run);
    function run(): void {
      round += 1;
      void answered(round);
    }
    async function answered(mine: number): Promise<void> {
      const reply = await ask();
      if (ended || mine !== round) return; // A newer question is under way.
      setPolled((before) => polledNext(before, reply, pageClock.now()));
      timer = pageClock.after(everyMs as Delay, run);
    }
    askNow.current = () => {
      timer.cancel();
      run();
    };
    return () => {
      ended = true;
      timer.cancel();
      askNow.current = () => {};
    };
  }, [everyMs, active]);
  return [polled, () => askNow.current()];
}

type Delay = Parameters<typeof pageClock.after>[0];
