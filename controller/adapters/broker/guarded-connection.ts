import { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Clock, Timer } from "../../../protocol/index.ts";
import { THROTTLE_SAID_FROM } from "./broker-limits.ts";
import type { TrafficFault, TrafficGate } from "./traffic-gate.ts";

type Done = (error?: Error | null) => void;

export interface GuardedConnectionParts {
  readonly socket: TLSSocket;
  readonly gate: TrafficGate;
  readonly clock: Clock;
  /** The socket is destroyed already. */
  readonly onRefused: (code: TrafficFault) => void;
  /** It sends so much that it is not read for a while. */
  readonly onThrottled: () => void;
}

/**
 * A TLS socket with the gate in front of its reader: a chunk reaches the broker's parser only after the gate let it
 * pass, whole; of a refused one no byte does. Packets written in one turn of the event loop go out together, in one TLS
 * record and one system call: those cost more than the packets.
 */
export class GuardedConnection extends Duplex {
  readonly #parts: GuardedConnectionParts;
  #throttle: Timer | null = null;
  #gathering = false;

  constructor(parts: GuardedConnectionParts) {
    super();
    this.#parts = parts;
    const { socket } = parts;
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("end", () => this.push(null));
    socket.on("error", (error: Error) => this.destroy(error));
    socket.on("close", () => this.destroy());
    socket.pause();
  }

  override _read(): void {
    if (this.#throttle === null) this.#parts.socket.resume();
  }

  /** Whoever writes begins to gather. The turn's end writes out. */
  override write(chunk: unknown, encoding: BufferEncoding | Done = "utf8", done?: Done): boolean {
    this.#gather(chunk);
    return typeof encoding === "function" ? super.write(chunk, encoding) : super.write(chunk, encoding, done);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#parts.socket.write(chunk, done);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: Done): void {
    const { socket } = this.#parts;
    socket.cork();
    chunks.forEach(({ chunk }, at) => {
      if (at === chunks.length - 1) socket.write(chunk, done);
      else socket.write(chunk);
    });
    socket.uncork();
  }

  override _final(done: Done): void {
    this.#parts.socket.end(() => done());
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#throttle?.cancel();
    this.#parts.socket.destroy();
    done(error);
  }

  #gather(chunk: unknown): void {
    if (this.#gathering || this.destroyed) return;
    this.#gathering = true;
    this.cork();
    const writeOut = (): void => {
      this.#gathering = false;
      this.uncork();
    };
    const { clock } = this.#parts;
    // Nobody waits for a PUBACK, and the answer proper, from the commit of this turn, is written in the next one.
    if (isPuback(chunk)) clock.soon(() => clock.soon(writeOut));
    else clock.soon(writeOut);
  }

  #take(chunk: Buffer): void {
    if (this.destroyed) return;
    const { socket, gate, clock, onRefused, onThrottled } = this.#parts;
    const admission = gate.admit(chunk);
    if (!admission.admitted) {
      this.destroy();
      onRefused(admission.code);
      return;
    }
    if (!this.push(chunk)) socket.pause();
    if (admission.wait === 0) return;
    socket.pause();
    if (admission.wait >= THROTTLE_SAID_FROM) onThrottled();
    this.#throttle = clock.after(admission.wait, () => {
      this.#throttle = null;
      if (this.readableLength < this.readableHighWaterMark) socket.resume();
    });
  }
}

const PUBACK = 0x40;

const isPuback = (chunk: unknown): boolean => Buffer.isBuffer(chunk) && chunk[0] === PUBACK;
