import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { type Clock, type Log, messageOf, milliseconds, type Timer } from "../../../protocol/index.ts";
import { listen } from "../listen.ts";
import type { BrokerRefusal, Peer } from "./broker.ts";
import { CONNECTIONS_MAX, HANDSHAKE_TIMEOUT, HANDSHAKES } from "./broker-limits.ts";
import { awaitHello } from "./client-hello.ts";
import { FairLine } from "./fair-line.ts";
import { socketKey, type Stranger, Strangers } from "./strangers.ts";
import { TokenBucket } from "./token-bucket.ts";

export interface EntranceParts {
  /** PEM. `authority` is the only root a client may come from. */
  readonly tls: { readonly key: string; readonly certificate: string; readonly authority: string };
  readonly clock: Clock;
  readonly log: Log;
  readonly onRefused: (code: BrokerRefusal, peer: Peer, reason?: string) => void;
  /** TLS is done and the certificate is of this root and in date. Must not throw. */
  readonly onSecure: (socket: TLSSocket) => void;
}

/**
 * The way from a TCP connection to a checked certificate. Cryptography is done for those alone who have said hello in
 * TLS, at a bounded rate, each address in its turn: whoever is served already shares the loop with it.
 */
export class Entrance {
  readonly #parts: EntranceParts;
  readonly #strangers = new Strangers();
  readonly #line = new FairLine<Stranger>(({ socket }) => !socket.destroyed);
  readonly #pace: TokenBucket;
  readonly #tls: Server;
  readonly #tcp: Server;
  #next: Timer | null = null;

  constructor(parts: EntranceParts) {
    this.#parts = parts;
    this.#pace = new TokenBucket(HANDSHAKES, parts.clock.mono());
    this.#tls = this.#openTls();
    this.#tcp = this.#openTcp();
  }

  listen(host: string, port: number): Promise<void> {
    return listen(this.#tcp, host, port);
  }

  get port(): number {
    return (this.#tcp.address() as AddressInfo).port;
  }

  /** Sockets behind which nobody is known yet. */
  get strangers(): number {
    return this.#strangers.count;
  }

  /** Resolves when nothing comes in any more and every socket has ended, those handed on as well. */
  close(): Promise<void> {
    this.#next?.cancel();
    for (const { socket } of this.#strangers.all()) socket.destroy();
    return new Promise((resolve) => {
      if (this.#tcp.listening) this.#tcp.close(() => resolve());
      else resolve();
    });
  }

  #openTcp(): Server {
    const { onRefused, log } = this.#parts;
    // Without noDelay a QoS 1 round trip takes 88 ms instead of 0.2.
    const server = createTcpServer({ noDelay: true }, (socket) => this.#meet(socket));
    server.maxConnections = CONNECTIONS_MAX;
    server.on("drop", (dropped) => onRefused("too-many-connections", { address: dropped?.remoteAddress ?? "" }));
    server.on("error", (error) => log.error("broker.failed", { reason: messageOf(error) }));
    return server;
  }

  #openTls(): Server {
    const { tls, onRefused, onSecure } = this.#parts;
    const server = createTlsServer({
      key: tls.key,
      cert: tls.certificate,
      ca: tls.authority,
      minVersion: "TLSv1.3",
      requestCert: true,
      rejectUnauthorized: true,
    });
    server.on("secureConnection", (socket) => {
      if (this.#strangers.remove({ address: addressOf(socket), key: socketKey(socket) })) onSecure(socket);
      else socket.destroy();
    });
    server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
      const code = handshakeFault(error, socket);
      const reason = socket.authorizationError ? messageOf(socket.authorizationError) : error.code;
      if (code !== null) onRefused(code, { address: addressOf(socket) }, reason);
    });
    return server;
  }

  #meet(socket: Socket): void {
    const address = addressOf(socket);
    socket.on("error", () => socket.destroy());
    if (!this.#strangers.hasRoomFor(address)) return this.#refuse("too-many-connections", socket);
    const deadline = this.#parts.clock.after(HANDSHAKE_TIMEOUT, () => this.#refuse("slow-handshake", socket));
    const stranger = { socket, address, key: socketKey(socket), deadline };
    const noRoomFor = this.#strangers.add(stranger);
    socket.once("close", () => this.#strangers.remove(stranger));
    if (noRoomFor !== null) this.#refuse("too-many-connections", noRoomFor.socket);
    const onHello = (): void => {
      this.#line.add(address, stranger);
      this.#admitNext();
    };
    awaitHello(socket, onHello, () => this.#refuse("handshake", socket));
  }

  #admitNext(): void {
    if (this.#next !== null) return;
    const { clock } = this.#parts;
    while (this.#line.waits) {
      const wait = this.#pace.nextIn(clock.mono());
      if (wait > 0) {
        this.#next = clock.after(milliseconds(Math.ceil(wait)), () => {
          this.#next = null;
          this.#admitNext();
        });
        return;
      }
      const stranger = this.#line.take();
      if (stranger === undefined) return;
      this.#pace.take(1, clock.mono());
      this.#tls.emit("connection", stranger.socket);
    }
  }

  #refuse(code: BrokerRefusal, socket: Socket): void {
    const peer = { address: addressOf(socket) };
    socket.destroy();
    this.#parts.onRefused(code, peer);
  }
}

const addressOf = ({ remoteAddress = "" }: Pick<Socket, "remoteAddress">): string => remoteAddress;

/** Null for a client that went away in the middle: it was not refused. */
function handshakeFault(error: NodeJS.ErrnoException, socket: TLSSocket): BrokerRefusal | null {
  if (socket.authorizationError) return "bad-certificate";
  if (error.code === "ECONNRESET" || error.code === "EPIPE") return null;
  return error.code === "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE" ? "no-certificate" : "handshake";
}
