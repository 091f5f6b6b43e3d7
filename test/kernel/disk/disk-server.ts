import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { COMMAND, EINVAL, type NbdRequest, NbdSession, simpleReply } from "./nbd-wire.ts";
import type { VolatileDisk } from "./volatile-disk.ts";

/** `swallowed`: a flush is confirmed and not carried out, as QEMU's cache=unsafe does it to a disk. */
export type Flushes = "kept" | "swallowed";

/**
 * Serves a disk to one virtual machine over a unix socket. When power is gone nothing is stored any more, and nothing
 * answered.
 */
export class DiskServer {
  readonly path: string;
  readonly #disk: VolatileDisk;
  readonly #flushes: Flushes;
  readonly #server: Server;
  #socket: Socket | null = null;
  #powered = true;
  #changesLeft = Number.POSITIVE_INFINITY;
  #onCut: () => void = () => {};

  private constructor(path: string, disk: VolatileDisk, flushes: Flushes) {
    this.path = path;
    this.#disk = disk;
    this.#flushes = flushes;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async listen(path: string, disk: VolatileDisk, flushes: Flushes): Promise<DiskServer> {
    const server = new DiskServer(path, disk, flushes);
    server.#server.listen(path);
    await once(server.#server, "listening");
    return server;
  }

  /**
   * Resolves when power is gone: at the `changes`-th write or flush from now. A write is then under way, so that any
   * part of it may last; a flush is not begun.
   */
  cutAt(changes: number): Promise<void> {
    this.#changesLeft = changes;
    return new Promise((resolve) => (this.#onCut = resolve));
  }

  /** Power is gone now. */
  cut(): void {
    this.#powered = false;
    this.#onCut();
  }

  close(): Promise<void> {
    this.#powered = false;
    this.#socket?.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: Socket): void {
    this.#socket = socket;
    const session = new NbdSession(
      {
        send: (bytes) => void socket.write(bytes),
        end: () => void socket.end(),
        onRequest: (request) => this.#carryOut(request, socket),
      },
      this.#disk.size,
    );
    socket.on("data", (chunk: Buffer) => session.take(chunk));
    socket.on("error", () => {}); // Its machine was killed.
  }

  #carryOut({ type, cookie, offset, length, bytes }: NbdRequest, socket: Socket): void {
    if (!this.#powered) return;
    if (type === COMMAND.disconnect) return void socket.end();
    if (offset + length > this.#disk.size) return void socket.write(simpleReply(cookie, EINVAL));
    if (type === COMMAND.read) return void socket.write(simpleReply(cookie, 0, this.#disk.read(offset, length)));
    if (type !== COMMAND.write && type !== COMMAND.flush) return void socket.write(simpleReply(cookie, EINVAL));
    this.#changesLeft -= 1;
    if (type === COMMAND.write) this.#disk.write(offset, bytes);
    if (this.#changesLeft <= 0) return this.cut();
    if (type === COMMAND.flush && this.#flushes === "kept") this.#disk.flush();
    socket.write(simpleReply(cookie, 0));
  }
}
