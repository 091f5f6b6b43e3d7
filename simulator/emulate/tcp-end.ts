import { createServer, type Server, type Socket } from "node:net";
import { HallError } from "../../protocol/index.ts";
import type { WireEnd, WireEndListener } from "./wire-end.ts";

/** A device that listens on the loopback. One terminal at a time, as such devices do: a second takes the place. */
export class TcpEnd implements WireEnd {
  readonly #listener: WireEndListener;
  #port: number;
  #server: Server | null = null;
  #socket: Socket | null = null;

  /** Port 0: any that is free, kept over replugs. */
  constructor(port: number, listener: WireEndListener) {
    this.#port = port;
    this.#listener = listener;
  }

  get port(): number {
    return this.#port;
  }

  async plug(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer({ noDelay: true }, (socket) => {
      this.#socket?.destroy();
      this.#socket = socket;
      socket.on("error", () => {});
      socket.on("data", (bytes) => this.#listener.onHeard(Uint8Array.from(bytes)));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause) => {
        const line = `127.0.0.1:${this.#port} cannot be listened on; choose another with --port.`;
        reject(new HallError("PORT_IN_USE", line, { port: this.#port }, cause));
      });
      server.listen(this.#port, "127.0.0.1", resolve);
    });
    const address = server.address();
    if (address !== null && typeof address === "object") this.#port = address.port;
    this.#server = server;
  }

  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.#socket?.destroy();
    this.#socket = null;
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  say(bytes: Uint8Array): void {
    this.#socket?.write(bytes);
  }

  close(): Promise<void> {
    return this.unplug();
  }
}
