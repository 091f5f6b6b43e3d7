import type { Clock, DurationMs } from "../../../protocol/index.ts";

/** `connecting`: nothing was ever heard. `down`: what is shown is the last good picture. */
export type Link = "connecting" | "up" | "down";

/** Pictures by the name of their event, each whole. `P` names them: `{ board: Board; counters: CounterPicture[] }`. */
export interface Live<P> {
  /** The last good picture of each name, kept while the link is down. */
  readonly pictures: Partial<P>;
  readonly link: Link;
  /** When the hall was last heard, by this machine's clock. Null before the first time. */
  readonly heardAtMs: number | null;
}

export const nothingYet = <P>(): Live<P> => ({ pictures: {}, link: "connecting", heardAtMs: null });

/** What a browser's EventSource does, as far as it is needed here. */
export interface EventStream {
  on(event: string, listen: (text: string) => void): void;
  onFailure(listen: () => void): void;
  close(): void;
}

export interface LivePorts {
  readonly clock: Pick<Clock, "now" | "after">;
  readonly open: (url: string) => EventStream;
}

/** The controller says `alive` every 15 s: silence longer than this is a dead link that nobody closed. */
const SILENCE_MAX_MS = 40_000;
const AGAIN_AFTER_MS: readonly number[] = [500, 1_000, 2_000, 4_000];

export interface Following {
  close(): void;
}

/**
 * Follows server-sent events for as long as the page lives. One stream and one timer at a time, each dropped before the
 * next is made: a page that is open for weeks holds what it held on the first day.
 */
export function follow<P extends object>(
  url: string,
  names: readonly (keyof P & string)[],
  ports: LivePorts,
  onChange: (live: Live<P>) => void,
): Following {
  let live = nothingYet<P>();
  let failures = 0;
  let stream = open();
  let watch = lookIn(SILENCE_MAX_MS);

  function show(next: Live<P>): void {
    live = next;
    onChange(live);
  }

  function open(): EventStream {
    const opened = ports.open(url);
    const heard = (pictures: Partial<P>): void => {
      if (opened !== stream) return; // A stream that was given up.
      failures = 0;
      show({ pictures, link: "up", heardAtMs: ports.clock.now() });
    };
    for (const name of names)
      opened.on(name, (text) => heard({ ...live.pictures, [name]: JSON.parse(text) as unknown }));
    opened.on("alive", () => heard(live.pictures));
    opened.onFailure(() => {
      if (opened === stream) lose();
    });
    return opened;
  }

  /** Our own retry, for both a broken link and a refusal: a browser never retries the latter. */
  function lose(): void {
    stream.close();
    watch.cancel();
    if (live.link === "up") show({ ...live, link: "down" });
    const wait = AGAIN_AFTER_MS[Math.min(failures, AGAIN_AFTER_MS.length - 1)] ?? 0;
    failures += 1;
    watch = ports.clock.after(wait as DurationMs, () => {
      stream = open();
      watch = lookIn(SILENCE_MAX_MS);
    });
  }

  function lookIn(delay: number) {
    return ports.clock.after(delay as DurationMs, () => {
      const silentFor = ports.clock.now() - (live.heardAtMs ?? 0);
      if (live.link !== "up" || silentFor >= SILENCE_MAX_MS || silentFor < 0) lose();
      else watch = lookIn(SILENCE_MAX_MS - silentFor);
    });
  }

  return {
    close() {
      watch.cancel();
      stream.close();
    },
  };
}
