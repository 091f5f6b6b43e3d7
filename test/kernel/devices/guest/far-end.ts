import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { milliseconds, type Timer } from "../../../../protocol/base/time.ts";

const FLAGS = constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK;
/** The pause before the first new attempt; it doubles while nobody takes anything. */
const RETRY_FIRST = milliseconds(1);
const RETRY_MAX = milliseconds(16);
/** A device whose words nobody takes says no more of them. */
const WAITING_MAX = 256;
const READ_BYTES_MAX = 8192;

/** The device's own end of a cable, as a file of the kernel that never keeps anybody waiting. */
export class FarEnd {
  readonly #file: number;
  readonly #waiting: Uint8Array[] = [];
  #retry: Timer | null = null;
  #retryIn = RETRY_FIRST;

  constructor(path: string) {
    this.#file = openSync(path, FLAGS);
  }

  /** Said as soon as the cable takes it, in order. */
  say(bytes: Uint8Array): void {
    if (this.#waiting.length < WAITING_MAX) this.#waiting.push(bytes);
    if (this.#retry === null) this.#pump();
  }

  /** What has come since it was last asked; null when nothing has. */
  hear(): Buffer | null {
    const buffer = Buffer.alloc(READ_BYTES_MAX);
    try {
      const count = readSync(this.#file, buffer);
      return count > 0 ? buffer.subarray(0, count) : null;
    } catch {
      return null; // Nothing there, or nobody any more.
    }
  }

  close(): void {
    this.#retry?.cancel();
    this.#waiting.length = 0;
    closeSync(this.#file);
  }

  #pump(): void {
    this.#retry = null;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const written = this.#write(next);
      if (written > 0) this.#retryIn = RETRY_FIRST;
      if (written < next.length) {
        this.#waiting.unshift(next.subarray(written));
        this.#retry = systemClock.after(this.#retryIn, () => this.#pump());
        this.#retryIn = milliseconds(Math.min(this.#retryIn * 2, RETRY_MAX));
        return;
      }
    }
  }

  #write(bytes: Uint8Array): number {
    try {
      return writeSync(this.#file, bytes);
    } catch {
      return 0; // The cable takes nothing just now.
    }
  }
}
