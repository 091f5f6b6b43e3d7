import { EventEmitter } from "node:events";
import type { Dial, TcpSocket } from "../../../hardware/links/tcp-channel.ts";

/** A device on the network, below the socket: it listens or does not, hangs up, and may take nothing. */
export class FakeTcp {
  readonly heard: number[] = [];
  readonly sockets = new Set<FakeSocket>();
  takes = true;
  #isPlugged = false;

  readonly dial: Dial = () => {
    const socket = new FakeSocket(this);
    void Promise.resolve().then(() => {
      if (socket.closed) return;
      if (this.#isPlugged) {
        this.sockets.add(socket);
        socket.emit("connect");
      } else socket.emit("error", Object.assign(new RangeError("refused"), { code: "ECONNREFUSED" }));
    });
    return socket as unknown as TcpSocket;
  };

  plug(): void {
    [this.#isPlugged, this.takes] = [true, true];
  }

  unplug(): void {
    this.#isPlugged = false;
    for (const socket of this.sockets) socket.emit("end");
    this.sockets.clear();
  }

  say(bytes: Uint8Array): void {
    for (const socket of this.sockets) socket.arrive(bytes);
  }
}

class FakeSocket extends EventEmitter {
  closed = false;
  readonly #device: FakeTcp;
  readonly #arrived: Uint8Array[] = [];
  #isPaused = false;

  constructor(device: FakeTcp) {
    super();
    this.#device = device;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    for (const bytes of this.#arrived.splice(0)) this.emit("data", Buffer.from(bytes));
  }

  arrive(bytes: Uint8Array): void {
    this.#arrived.push(bytes);
    if (!this.#isPaused) this.resume();
  }

  write(bytes: Uint8Array, taken: () => void): void {
    if (this.closed || !this.#device.takes) return;
    this.#device.heard.push(...bytes);
    void Promise.resolve().then(taken);
  }

  destroy(): void {
    if (this.closed) return;
    this.closed = true;
    this.#device.sockets.delete(this);
    void Promise.resolve().then(() => this.emit("close"));
  }
}
