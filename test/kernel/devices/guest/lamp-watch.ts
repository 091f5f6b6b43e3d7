import type { ButtonLampState, ButtonName } from "../../../../hardware/ports/button-panel.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { elapsed, milliseconds, type MonoMs, monoMs } from "../../../../protocol/base/time.ts";

const LOOK_EVERY = milliseconds(20);
/** A lamp that blinks is told from one that burns once it has been watched for a whole blink. */
export const WATCHED = milliseconds(700);
/** Sounds closer together are one pattern. */
const PATTERN_GAP = milliseconds(300);

export interface WatchedLines {
  readonly isLit: (line: string) => boolean;
  readonly lamps: Readonly<Record<ButtonName, string>>;
  readonly beeper: string;
}

/** An eye on the lamps and an ear for the beeper. */
export class LampWatch {
  beeps = 0;
  readonly #watched: WatchedLines;
  readonly #lit = new Map<string, boolean>();
  readonly #changedAt = new Map<string, MonoMs>();
  #silentSince = monoMs(-10_000);
  readonly #looking = systemClock.every(LOOK_EVERY, () => this.#look());

  constructor(watched: WatchedLines) {
    this.#watched = watched;
  }

  lampOf(button: ButtonName): ButtonLampState {
    const line = this.#watched.lamps[button];
    const changedAt = this.#changedAt.get(line);
    const changedOnce = changedAt !== undefined && elapsed(changedAt, systemClock.mono()) < WATCHED / 2;
    return changedOnce ? "blink" : this.#lit.get(line) === true ? "on" : "off";
  }

  stop(): void {
    this.#looking.cancel();
  }

  #look(): void {
    const now = systemClock.mono();
    const { isLit: look, lamps, beeper } = this.#watched;
    for (const line of [...Object.values(lamps), beeper]) {
      const isLit = look(line);
      if (isLit === (this.#lit.get(line) ?? false)) continue;
      this.#lit.set(line, isLit);
      this.#changedAt.set(line, now);
      if (line === beeper && isLit && elapsed(this.#silentSince, now) >= PATTERN_GAP) this.beeps += 1;
      if (line === beeper && !isLit) this.#silentSince = now;
    }
  }
}
