import { EventEmitter } from "node:events";
import type { HIDAsync } from "node-hid";
import { HallError } from "../../../protocol/base/errors.ts";

/** As node-hid's own, to the events it emits. */
export class FakeHid extends EventEmitter {
  readonly written: number[][] = [];
  isOpen = true;
  refuses = false;
  /** Takes nothing: a write does not end before the device is closed. */
  stalls = false;
  #waiting: ((why: HallError) => void)[] = [];

  get asHid(): HIDAsync {
    return this as unknown as HIDAsync;
  }

  write(report: Buffer): Promise<number> {
    if (this.refuses) return Promise.reject(new RangeError("cannot write"));
    if (this.stalls) return new Promise((_taken, reject) => void this.#waiting.push(reject));
    this.written.push([...report]);
    return Promise.resolve(report.length);
  }

  close(): Promise<void> {
    this.isOpen = false;
    this.removeAllListeners();
    for (const reject of this.#waiting.splice(0)) reject(new HallError("FAKE", "closed"));
    return Promise.resolve();
  }
}
