import { stat } from "node:fs/promises";
import { messageOf } from "../../protocol/base/errors.ts";
import { accepted, refused, type Result } from "../../protocol/base/result.ts";
import type { Clock } from "../../protocol/base/time.ts";
import type { LinkFault } from "../ports/byte-link.ts";
import { Backlog } from "./backlog.ts";
import type { Channel, ChannelListener, ConnectRefusal } from "./channel.ts";

/** Bytes taken from the line at once. */
const READ_BYTES_MAX = 1024;
/** Bytes waiting for a device that does not take them; further writes are dropped whole. */
export const SERIAL_PENDING_BYTES_MAX = 16 * 1024;

/** An open line, as serialport's binding has it. */
export interface SerialHandle {
  read(buffer: Buffer, offset: number, length: number): Promise<{ readonly bytesRead: number }>;
  write(bytes: Buffer): Promise<void>;
  /** The modem lines. */
  get(): Promise<unknown>;
  close(): Promise<void>;
}

export interface SerialBinding {
  /** Rejects with the C library's words. */
  open(options: { readonly path: string; readonly baudRate: number }): Promise<SerialHandle>;
}

/** The serial lines of a machine. */
export interface SerialLines {
  /** The device number `path` leads to, null when it leads nowhere. */
  deviceAt(path: string): Promise<number | null>;
  binding(): Promise<Result<SerialBinding, ConnectRefusal>>;
}

/**
 * Opens a serial line once, raw, 8N1, and locked against other processes. Uses the promises of serialport's binding and
 * not its stream: there a failed write ends the stream but leaves the handle open. Main thread only: the native poller
 * lives on the first event loop.
 */
export async function openSerialChannel(
  path: string,
  baudRate: number,
  clock: Clock,
  lines: SerialLines = systemLines,
): Promise<Result<Channel, ConnectRefusal>> {
  const device = await lines.deviceAt(path);
  if (device === null) return refused({ fault: "absent" });
  const binding = await lines.binding();
  if (!binding.ok) return binding;
  try {
    const handle = await binding.value.open({ path, baudRate });
    return accepted(new SerialChannel({ path, device, handle, lines, clock }));
  } catch (thrown) {
    const detail = messageOf(thrown);
    return refused({ fault: faultOfOpening(detail), detail });
  }
}

const systemLines: SerialLines = {
  async deviceAt(path) {
    try {
      return (await stat(path)).rdev;
    } catch {
      return null;
    }
  },
  /** Loaded here and not at the top: a terminal without serial devices does not pay for it, nor need it. */
  async binding() {
    try {
      return accepted((await import("serialport")).SerialPort.binding);
    } catch (thrown) {
      return refused({ fault: "no-driver", detail: messageOf(thrown) });
    }
  },
};

/** The binding has no error codes, only the C library's English words. */
export function faultOfOpening(message: string): LinkFault {
  if (/no such (?:file|device)/iu.test(message)) return "absent";
  if (/permission denied|operation not permitted/iu.test(message)) return "denied";
  if (/cannot lock port|resource busy/iu.test(message)) return "busy";
  return "failed";
}

interface OpenLine {
  readonly path: string;
  readonly device: number;
  readonly handle: SerialHandle;
  readonly lines: SerialLines;
  readonly clock: Clock;
}

class SerialChannel implements Channel {
  readonly #line: OpenLine;
  readonly #backlog: Backlog;
  #listener: ChannelListener | null = null;
  #reading: Promise<void> = Promise.resolve();
  #writing: Promise<void> = Promise.resolve();
  #closing: Promise<void> | null = null;

  constructor(line: OpenLine) {
    this.#line = line;
    this.#backlog = new Backlog(line.clock, SERIAL_PENDING_BYTES_MAX);
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    this.#reading = this.#read();
  }

  write(bytes: Uint8Array): void {
    if (this.#closing !== null || !this.#backlog.admit(bytes.length)) return;
    const copy = Buffer.from(bytes);
    this.#writing = this.#writing.then(() => this.#writeOut(copy));
  }

  /**
   * When a tty hangs up while a read is about to begin, the read ends with 0 bytes and serialport tries again for ever:
   * the CPU spins, nothing is reported, the old tty stays held. Nobody but this probe notices. A healthy pty answers
   * the modem lines with another error, so only EIO counts. Bytes that nobody takes are a hung-up line too.
   */
  async probe(): Promise<LinkFault | null> {
    const { path, device, handle, lines } = this.#line;
    if ((await lines.deviceAt(path)) !== device) return "unplugged";
    if (this.#backlog.isStuck) return "hung-up";
    try {
      await handle.get();
      return null;
    } catch (thrown) {
      return /input\/output error/iu.test(messageOf(thrown)) ? "hung-up" : null;
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    this.#listener = null;
    // The handle is given up first in any case; an error of the device about it changes nothing.
    await this.#line.handle.close().catch(() => {});
    await Promise.all([this.#reading, this.#writing]);
  }

  async #read(): Promise<void> {
    const pool = Buffer.alloc(READ_BYTES_MAX);
    for (;;) {
      const count = await this.#line.handle.read(pool, 0, pool.length).then(
        ({ bytesRead }) => bytesRead,
        () => 0,
      );
      if (count === 0) break;
      this.#listener?.onBytes(Uint8Array.from(pool.subarray(0, count)));
    }
    await this.#lose();
  }

  async #writeOut(bytes: Buffer): Promise<void> {
    const written = await this.#line.handle.write(bytes).then(
      () => true,
      () => false,
    );
    this.#backlog.taken(bytes.length);
    if (!written) await this.#lose();
  }

  async #lose(): Promise<void> {
    if (this.#listener === null) return;
    const fault = (await this.probe()) ?? "hung-up";
    const listener = this.#listener; // Closed meanwhile, or lost by the other direction, it is null.
    this.#listener = null;
    listener?.onLost(fault);
  }
}
