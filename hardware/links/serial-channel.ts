import { stat } from "node:fs/promises";
import type { SerialPort } from "serialport";
import { messageOf } from "../../protocol/base/errors.ts";
import { accepted, refused, type Result } from "../../protocol/base/result.ts";
import type { LinkFault } from "../ports/byte-link.ts";
import type { Channel, ChannelListener, ConnectRefusal } from "./channel.ts";

/** Bytes taken from the line at once. */
const READ_BYTES_MAX = 1024;
/** Bytes waiting for a device that does not take them; further writes are dropped whole. */
export const SERIAL_PENDING_BYTES_MAX = 16 * 1024;

type Binding = typeof SerialPort.binding;
type Port = Awaited<ReturnType<Binding["open"]>>;

/**
 * Opens a serial line once, raw, 8N1, and locked against other processes. Uses the promises of serialport's binding and
 * not its stream: there a failed write ends the stream but leaves the handle open. Main thread only: the native poller
 * lives on the first event loop.
 */
export async function openSerialChannel(path: string, baudRate: number): Promise<Result<Channel, ConnectRefusal>> {
  const device = await deviceAt(path);
  if (device === null) return refused({ fault: "absent" });
  const binding = await loadBinding();
  if (!binding.ok) return binding;
  try {
    return accepted(new SerialChannel(path, device, await binding.value.open({ path, baudRate })));
  } catch (thrown) {
    const detail = messageOf(thrown);
    return refused({ fault: faultOfOpening(detail), detail });
  }
}

/** Loaded here and not at the top: a terminal without serial devices does not pay for it, nor need it. */
async function loadBinding(): Promise<Result<Binding, ConnectRefusal>> {
  try {
    return accepted((await import("serialport")).SerialPort.binding);
  } catch (thrown) {
    return refused({ fault: "no-driver", detail: messageOf(thrown) });
  }
}

/** The device number `path` leads to, null when it leads nowhere. */
async function deviceAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).rdev;
  } catch {
    return null;
  }
}

/** The binding has no error codes, only the C library's English words. */
export function faultOfOpening(message: string): LinkFault {
  if (/no such (?:file|device)/iu.test(message)) return "absent";
  if (/permission denied|operation not permitted/iu.test(message)) return "denied";
  if (/cannot lock port|resource busy/iu.test(message)) return "busy";
  return "failed";
}

class SerialChannel implements Channel {
  readonly #path: string;
  readonly #device: number;
  readonly #port: Port;
  #listener: ChannelListener | null = null;
  #reading: Promise<void> = Promise.resolve();
  #writing: Promise<void> = Promise.resolve();
  #pendingBytes = 0;
  #closing: Promise<void> | null = null;

  constructor(path: string, device: number, port: Port) {
    this.#path = path;
    this.#device = device;
    this.#port = port;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    this.#reading = this.#read();
  }

  write(bytes: Uint8Array): void {
    if (this.#closing !== null || this.#pendingBytes + bytes.length > SERIAL_PENDING_BYTES_MAX) return;
    this.#pendingBytes += bytes.length;
    const copy = Buffer.from(bytes);
    this.#writing = this.#writing.then(() => this.#writeOut(copy));
  }

  /**
   * When a tty hangs up while a read is about to begin, the read ends with 0 bytes and serialport tries again for ever:
   * the CPU spins, nothing is reported, the old tty stays held. Nobody but this probe notices. A healthy pty answers
   * the modem lines with another error, so only EIO counts.
   */
  async probe(): Promise<LinkFault | null> {
    if ((await deviceAt(this.#path)) !== this.#device) return "unplugged";
    try {
      await this.#port.get();
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
    await this.#port.close().catch(() => {});
    await Promise.all([this.#reading, this.#writing]);
  }

  async #read(): Promise<void> {
    const pool = Buffer.alloc(READ_BYTES_MAX);
    for (;;) {
      const count = await this.#port.read(pool, 0, pool.length).then(
        ({ bytesRead }) => bytesRead,
        () => 0,
      );
      if (count === 0) break;
      this.#listener?.onBytes(Uint8Array.from(pool.subarray(0, count)));
    }
    await this.#lose();
  }

  async #writeOut(bytes: Buffer): Promise<void> {
    const written = await this.#port.write(bytes).then(
      () => true,
      () => false,
    );
    this.#pendingBytes -= bytes.length;
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
