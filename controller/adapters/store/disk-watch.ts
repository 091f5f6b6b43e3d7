import { statfsSync } from "node:fs";
import { type Clock, type Log, messageOf, seconds, type Timer } from "../../../protocol/index.ts";

const EVERY = seconds(60);
/** Per cent of the disk in use at which somebody is told, once for each. Product defaults. */
export const DISK_ALARMS: readonly number[] = [80, 90, 95];

/** How full a disk is, in whole per cent of what this process may use. */
export function usedPercent(directory: string): number {
  const { blocks, bfree, bavail } = statfsSync(directory);
  const used = blocks - bfree;
  return used + bavail === 0 ? 0 : Math.ceil((100 * used) / (used + bavail));
}

/** Looks after the room on the disk of `directory`, and says when it gets short. */
export class DiskWatch {
  readonly #directory: string;
  readonly #log: Log;
  readonly #onChange: () => void;
  readonly #timer: Timer;
  #percent = 0;
  #level = 0;

  constructor(directory: string, clock: Clock, log: Log, onChange: () => void) {
    this.#directory = directory;
    this.#log = log;
    this.#onChange = onChange;
    this.#timer = clock.every(EVERY, () => this.look());
    this.look();
  }

  /** Per cent in use as of the last look. */
  get percent(): number {
    return this.#percent;
  }

  /** The highest of DISK_ALARMS that is reached; 0 for none. */
  get level(): number {
    return this.#level;
  }

  look(): void {
    try {
      this.#percent = usedPercent(this.#directory);
    } catch (thrown) {
      this.#log.warn("disk.unreadable", { reason: messageOf(thrown) });
      return;
    }
    const level = DISK_ALARMS.findLast((limit) => this.#percent >= limit) ?? 0;
    if (level === this.#level) return;
    if (level > this.#level) this.#log.warn("disk.filling", { percent: this.#percent, limit: level });
    else this.#log.info("disk.has-room", { percent: this.#percent });
    this.#level = level;
    this.#onChange();
  }

  close(): void {
    this.#timer.cancel();
  }
}
