import { connect, type Socket, type TcpNetConnectOpts } from "node:net";
import { messageOf } from "../../protocol/base/errors.ts";
import { accepted, refused, type Result } from "../../protocol/base/result.ts";
import type { Clock } from "../../protocol/base/time.ts";
import { seconds } from "../../protocol/base/time.ts";
import type { LinkFault } from "../ports/byte-link.ts";
import { Backlog } from "./backlog.ts";
import type { Channel, ChannelListener, ConnectRefusal } from "./channel.ts";

/** A device on the hall's own network answers within this, or is not there. */
export const TCP_CONNECT_WITHIN = seconds(3);
/** How soon the system asks a silent device whether it is still there. */
const KEEP_ALIVE_AFTER = seconds(5);
/** Bytes waiting for a device that does not take them; further writes are dropped whole. */
export const TCP_PENDING_BYTES_MAX = 16 * 1024;

/** A socket that is being connected, as far as it is needed here. */
export type TcpSocket = Pick<
  Socket,
  "closed" | "destroy" | "on" | "once" | "pause" | "removeAllListeners" | "resume" | "write"
>;
export type Dial = (options: TcpNetConnectOpts) => TcpSocket;

/** Connects once. The device's end and every error of the way to it are a loss. */
export function openTcpChannel(
  host: string,
  port: number,
  clock: Clock,
  dial: Dial = connect,
): Promise<Result<Channel, ConnectRefusal>> {
  return new Promise((settle) => {
    const socket = dial({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_AFTER });
    const give = (result: Result<Channel, ConnectRefusal>): void => {
      patience.cancel();
      socket.removeAllListeners();
      if (!result.ok) {
        socket.on("error", () => {});
        socket.destroy();
      }
      settle(result);
    };
    const patience = clock.after(TCP_CONNECT_WITHIN, () => give(refused({ fault: "absent", detail: "no answer" })));
    socket.once("connect", () => {
      const channel = new TcpChannel(socket, clock);
      give(accepted(channel));
      channel.attend();
    });
    socket.once("error", (thrown) => give(refused({ fault: faultOf(codeOf(thrown)), detail: messageOf(thrown) })));
  });
}

const codeOf = (thrown: Error): string => ("code" in thrown && typeof thrown.code === "string" ? thrown.code : "");

/** Nothing at that address, or nothing that listens, is the same to a person: the device is not there. */
const ABSENT: ReadonlySet<string> = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EHOSTDOWN"]);

export function faultOf(code: string): LinkFault {
  if (ABSENT.has(code) || code === "ETIMEDOUT" || code === "EAI_AGAIN") return "absent";
  return code === "EACCES" || code === "EPERM" ? "denied" : "failed";
}

class TcpChannel implements Channel {
  readonly #socket: TcpSocket;
  readonly #backlog: Backlog;
  #listener: ChannelListener | null = null;
  #isLost = false;
  #closing: Promise<void> | null = null;

  constructor(socket: TcpSocket, clock: Clock) {
    this.#socket = socket;
    this.#backlog = new Backlog(clock, TCP_PENDING_BYTES_MAX);
    socket.pause();
  }

  /** From now on a loss is noticed; bytes wait for `listen`. */
  attend(): void {
    this.#socket.on("error", () => {}); // Told by `close`.
    this.#socket.once("end", () => this.#lose());
    this.#socket.once("close", () => this.#lose());
  }

  listen(listener: ChannelListener): void {
    if (this.#isLost) return listener.onLost("hung-up");
    this.#listener = listener;
    this.#socket.on("data", (bytes: Buffer) => this.#listener?.onBytes(Uint8Array.from(bytes)));
    this.#socket.resume();
  }

  write(bytes: Uint8Array): void {
    if (this.#isLost || this.#closing !== null || !this.#backlog.admit(bytes.length)) return;
    this.#socket.write(Uint8Array.from(bytes), () => this.#backlog.taken(bytes.length));
  }

  /** The system's keep-alive finds out by itself who is gone, but not who is there and takes nothing. */
  probe(): Promise<LinkFault | null> {
    return Promise.resolve(this.#isLost || this.#backlog.isStuck ? "hung-up" : null);
  }

  close(): Promise<void> {
    this.#listener = null;
    this.#closing ??= new Promise((settle) => {
      if (this.#socket.closed) return settle();
      this.#socket.once("close", () => settle());
      this.#socket.destroy();
    });
    return this.#closing;
  }

  #lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    const listener = this.#listener;
    this.#listener = null;
    listener?.onLost("hung-up");
  }
}
