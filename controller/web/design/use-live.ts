import type { DurationMs } from "../../../protocol/index.ts";
import { useEffect, useState } from "preact/hooks";
import { browserPorts, pageClock } from "./browser.ts";
import { follow, type Live, nothingYet } from "./live.ts";

/** The hall, live: `useLive<{ board: Board }>(["board"])`. The names must not change while the page lives. */
export function useLive<P extends object>(names: readonly (keyof P & string)[], url = "/api/events"): Live<P> {
  const [live, setLive] = useState<Live<P>>(nothingYet);
  useEffect(() => {
    const following = follow<P>(url, names, browserPorts, setLive);
    return () => following.close();
  }, [url]);
  return live;
}

/** This machine's time, repainted every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState<number>(() => pageClock.now());
  useEffect(() => {
    const again = () => {
      setNow(pageClock.now());
      timer = pageClock.after(everyMs as DurationMs, again);
    };
    let timer = pageClock.after(everyMs as DurationMs, again);
    return () => timer.cancel();
  }, [everyMs]);
  return now;
}
