import { elapsed, later, milliseconds, type MonoMs, monoMs } from "../../protocol/base/time.ts";

/** How often StandardFirmata tells an analog level, unless it is told otherwise. */
export const FIRMATA_BEAT = milliseconds(19);
/** Beats that arrive further apart than this have waited somewhere. */
const REGULAR_MAX = FIRMATA_BEAT * 2;
const REGULAR_MIN = FIRMATA_BEAT / 2;

interface Stamped {
  readonly at: MonoMs;
  readonly arrived: MonoMs;
  readonly beats: number;
}

/**
 * When something happened on a board whose messages have no stamps. Its regular beat travels on the same line: what
 * was read late, all at once, still has its beats in between. Without beats everything happened when it was read.
 */
export class BoardTime {
  #beats = 0;
  #beatAt: MonoMs | null = null;
  #arrived = monoMs(0);
  readonly #stamped = new Map<string, Stamped>();

  beat(now: MonoMs): void {
    const gap = elapsed(this.#arrived, now);
    const isRegular = gap >= REGULAR_MIN && gap <= REGULAR_MAX;
    const due = this.#beatAt === null || isRegular ? now : later(this.#beatAt, FIRMATA_BEAT);
    [this.#beatAt, this.#arrived] = [monoMs(Math.min(now, due)), now];
    this.#beats += 1;
  }

  /** An edge of `line` that is read now. Never later than now, nor before the line's last one. */
  stamp(line: string, now: MonoMs): MonoMs {
    const last = this.#stamped.get(line);
    const at = this.#instant(last, now);
    this.#stamped.set(line, { at, arrived: now, beats: this.#beats });
    return at;
  }

  #instant(last: Stamped | undefined, now: MonoMs): MonoMs {
    if (this.#beatAt === null) return now;
    const due = monoMs(Math.min(now, later(this.#beatAt, FIRMATA_BEAT)));
    if (last === undefined) return due;
    // Two edges with a single beat between them may be a bounce: then only how they arrived is known of them.
    if (this.#beats - last.beats <= 1) return later(last.at, elapsed(last.arrived, now));
    return monoMs(Math.max(last.at, due));
  }
}
