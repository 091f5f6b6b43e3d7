import type { Clock, EpochMs, Timer } from "../../../protocol/index.ts";
import type { EventStream, LivePorts } from "./live.ts";

/** The browser's own clock, for pages: they show the time and repaint by it, and decide nothing. */
export const pageClock: Pick<Clock, "now" | "after"> = {
  now: () => Date.now() as EpochMs,
  after(delay, wake): Timer {
    const timer = setTimeout(wake, delay);
    return { cancel: () => clearTimeout(timer) };
  },
};

function openEventSource(url: string): EventStream {
  const source = new EventSource(url);
  return {
    on: (event, listen) => source.addEventListener(event, ({ data }: MessageEvent<string>) => listen(data)),
    onFailure: (listen) => source.addEventListener("error", listen),
    close: () => source.close(),
  };
}

export const browserPorts: LivePorts = { clock: pageClock, open: openEventSource };
