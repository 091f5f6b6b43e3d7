import type { SerialBinding, SerialHandle, SerialLines } from "../../../hardware/links/serial-channel.ts";
import { HallError } from "../../../protocol/base/errors.ts";
import { accepted } from "../../../protocol/base/result.ts";

/** How a pulled cable shows: the pending read fails, or, in serialport's race, it never ends at all. */
export type HangUp = "read-fails" | "read-never-ends";

/** The serial lines of a machine that has one path, below serialport's binding. */
export class FakeSerial implements SerialLines {
  readonly heard: number[] = [];
  /** Handles that are open. */
  held = 0;
  readonly #hangUp: HangUp;
  #device = 0;
  #isPlugged = false;
  #takes = true;
  #handle: FakeHandle | null = null;

  constructor(hangUp: HangUp) {
    this.#hangUp = hangUp;
  }

  plug(): void {
    if (this.#isPlugged) return;
    [this.#isPlugged, this.#takes, this.#device] = [true, true, this.#device + 1];
  }

  unplug(): void {
    this.#isPlugged = false;
    this.#handle?.lose(this.#hangUp);
  }

  say(bytes: Uint8Array): void {
    if (this.#isPlugged) this.#handle?.arrive(bytes);
  }

  /** From now on, until the next plug, it takes nothing. */
  stall(): void {
    this.#takes = false;
  }

  deviceAt(): Promise<number | null> {
    return Promise.resolve(this.#isPlugged ? this.#device : null);
  }

  binding(): ReturnType<SerialLines["binding"]> {
    const open: SerialBinding["open"] = async () => {
      if (!this.#isPlugged) throw new HallError("FAKE", "No such device, cannot open it");
      this.held += 1;
      const take = (bytes: Uint8Array): boolean => {
        if (this.#takes && this.#isPlugged) this.heard.push(...bytes);
        return this.#takes;
      };
      this.#handle = new FakeHandle(take, () => void (this.held -= 1));
      return this.#handle;
    };
    return Promise.resolve(accepted({ open }));
  }
}

class FakeHandle implements SerialHandle {
  readonly #take: (bytes: Uint8Array) => boolean;
  readonly #release: () => void;
  readonly #arrived: number[] = [];
  #reader: { resolve: (count: { bytesRead: number }) => void; reject: (why: HallError) => void; into: Buffer } | null =
    null;
  #writers: ((why: HallError) => void)[] = [];
  #isGone = false;

  constructor(take: (bytes: Uint8Array) => boolean, release: () => void) {
    this.#take = take;
    this.#release = release;
  }

  arrive(bytes: Uint8Array): void {
    this.#arrived.push(...bytes);
    this.#serve();
  }

  lose(how: HangUp): void {
    this.#isGone = true;
    if (how === "read-fails") this.#fail("bad file descriptor");
  }

  read(into: Buffer): Promise<{ bytesRead: number }> {
    const { promise, resolve, reject } = Promise.withResolvers<{ bytesRead: number }>();
    this.#reader = { resolve, reject, into };
    this.#serve();
    return promise;
  }

  write(bytes: Buffer): Promise<void> {
    if (this.#take(bytes)) return Promise.resolve();
    return new Promise((_taken, reject) => void this.#writers.push(reject));
  }

  get(): Promise<unknown> {
    if (this.#isGone) return Promise.reject(new HallError("FAKE", "Error: Input/output error, cannot get"));
    return Promise.reject(new HallError("FAKE", "Error: Inappropriate ioctl for device, cannot get")); // As a pty does.
  }

  close(): Promise<void> {
    this.#release();
    this.#fail("Canceled");
    return Promise.resolve();
  }

  #serve(): void {
    if (this.#reader === null || this.#arrived.length === 0) return;
    const { resolve, into } = this.#reader;
    this.#reader = null;
    const bytes = this.#arrived.splice(0, into.length);
    into.set(bytes);
    resolve({ bytesRead: bytes.length });
  }

  #fail(why: string): void {
    const error = new HallError("FAKE", why);
    this.#reader?.reject(error);
    this.#reader = null;
    for (const reject of this.#writers.splice(0)) reject(error);
  }
}
