import type { Board, BoardVoice, Clock, DurationMs, Timer } from "../../../../protocol/index.ts";
import { inZone } from "./board-words.ts";

export interface VoicePorts {
  /** Says one call aloud and reports its end once. False if nothing can be heard: then nothing is reported. */
  readonly speak: (call: BoardVoice, onEnd: () => void) => boolean;
  readonly clock: Pick<Clock, "after">;
}

/** Calls whose visit is still open come one per counter, so that more than this never wait in earnest. */
const WAITING_MAX = 32;
const HEARD_MAX = 128;
/** Browsers have been seen to lose the end of an utterance. */
const SPEECH_MAX_MS = 15_000;

/**
 * One loudspeaker. Calls are spoken one at a time in the order in which the hall gave them its voice; none cuts off
 * another, each is spoken once (by its `callId`), and one whose ticket is no longer called when its turn comes is left
 * out. What was on the air before the page opened is not repeated.
 */
export class VoiceQueue {
  readonly #ports: VoicePorts;
  readonly #zone: string | null;
  #board: Board | null = null;
  #heard: readonly string[] = [];
  #waiting: readonly BoardVoice[] = [];
  #speaking: Timer | null = null;

  constructor(ports: VoicePorts, zone: string | null) {
    this.#ports = ports;
    this.#zone = zone;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  hear(board: Board): void {
    const isFirst = this.#board === null;
    this.#board = board;
    const fresh = inZone(board.announcing, this.#zone).filter(({ callId }) => !this.#heard.includes(callId));
    this.#heard = [...this.#heard, ...fresh.map(({ callId }) => callId)].slice(-HEARD_MAX);
    if (isFirst) return;
    this.#waiting = [...this.#waiting, ...fresh].slice(-WAITING_MAX);
    this.#next();
  }

  close(): void {
    this.#speaking?.cancel();
    this.#waiting = [];
  }

  #next(): void {
    while (this.#speaking === null) {
      const [call, ...rest] = this.#waiting;
      if (call === undefined) return;
      this.#waiting = rest;
      if (this.#isStillCalled(call)) this.#speak(call);
    }
  }

  #speak(call: BoardVoice): void {
    const end = (): void => {
      if (this.#speaking !== watch) return; // Reported late, after the next one has begun.
      watch.cancel();
      this.#speaking = null;
      this.#next();
    };
    const watch = this.#ports.clock.after(SPEECH_MAX_MS as DurationMs, end);
    this.#speaking = watch;
    if (this.#ports.speak(call, end)) return;
    watch.cancel();
    this.#speaking = null;
  }

  #isStillCalled({ visitId }: BoardVoice): boolean {
    const line = this.#board?.lines.find((each) => each.visitId === visitId);
    return line === undefined || line.phase === "called"; // Not among the newest lines: called, as far as we know.
  }
}
