import type { Board } from "../../../protocol/index.ts";

export interface LiveBoard {
  /** The last picture, kept while the link is down. */
  readonly board: Board | null;
  /** When the last sign of life came, by this machine's clock. */
  readonly heardAtMs: number;
  readonly linked: boolean;
}

export const NO_BOARD: LiveBoard = { board: null, heardAtMs: 0, linked: false };

/** The controller says "alive" every 15 s: silence longer than this is a dead link that nobody closed. */
const SILENCE_MAX_MS = 40_000;
const AGAIN_AFTER_MS = 2_000;

/** Follows the hall for as long as the page lives; `onChange` gets every new state. */
export function followBoard(onChange: (live: LiveBoard) => void): void {
  let live = NO_BOARD;
  let source = open();
  const show = (next: LiveBoard): void => {
    live = next;
    onChange(live);
  };
  const heard = (board: Board | null): void => show({ board, heardAtMs: Date.now(), linked: true });

  function open(): EventSource {
    const opened = new EventSource("/api/events");
    opened.addEventListener("board", (event: MessageEvent<string>) => heard(JSON.parse(event.data) as Board));
    opened.addEventListener("alive", () => heard(live.board));
    opened.addEventListener("error", () => show({ ...live, linked: false }));
    return opened;
  }

  function look(): void {
    const silent = Date.now() - live.heardAtMs > SILENCE_MAX_MS;
    if (live.linked && silent) show({ ...live, linked: false });
    // A browser tries again by itself after a broken link, and never after a refusal.
    if (source.readyState === EventSource.CLOSED || (silent && source.readyState === EventSource.OPEN)) {
      source.close();
      source = open();
    }
    setTimeout(look, AGAIN_AFTER_MS);
  }
  setTimeout(look, AGAIN_AFTER_MS);
}
