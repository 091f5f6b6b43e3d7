import type { AddressInfo } from "node:net";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { Aedes, type Client } from "aedes";
import {
  type Clock,
  CONNECT_TIMEOUT,
  elapsed,
  HallError,
  type HallId,
  KEEPALIVE_SECONDS_MAX,
  type Log,
  messageOf,
  minutes,
  type MonoMs,
  type TerminalId,
  TOPIC_LEVELS_MAX,
} from "../../../protocol/index.ts";
import { listen } from "../listen.ts";
import type { Broker, BrokerRefusal, Delivery, MessageListener } from "./broker.ts";
import { brokerHooks } from "./broker-hooks.ts";
import {
  CONNECTIONS_MAX,
  DRAIN_TIMEOUT,
  FLUSH_WITHIN,
  HANDSHAKE_TIMEOUT,
  TRAFFIC_LIMITS,
  type TrafficLimits,
} from "./broker-limits.ts";
import { GuardedConnection } from "./guarded-connection.ts";
import { identityOf } from "./peer-identity.ts";
import { Sessions } from "./sessions.ts";
import { TrafficGate } from "./traffic-gate.ts";

const BAD_CERTIFICATE_EVERY = minutes(1);

export interface EmbeddedBrokerParts {
  readonly hall: HallId;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** PEM. `authority` is the only root a client may come from. */
  readonly tls: { readonly key: string; readonly certificate: string; readonly authority: string };
  readonly isRevoked: (fingerprint: string) => boolean;
  readonly onMessage: MessageListener;
  readonly onRefused: (code: BrokerRefusal) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly traffic?: TrafficLimits;
}

/** Starts the hall's own broker: aedes behind mutual TLS, deny by default. Rejects with PORT_IN_USE or PORT_REFUSED. */
export async function startEmbeddedBroker(parts: EmbeddedBrokerParts): Promise<Broker> {
  const broker = new EmbeddedBroker(parts);
  await broker.start();
  return broker;
}

class EmbeddedBroker implements Broker {
  readonly #parts: EmbeddedBrokerParts;
  readonly #sessions = new Sessions();
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #clients = new Set<Client>();
  #closing = false;
  #unwritten = 0;
  #published = 0;
  #badCertificateSaidAt: MonoMs | null = null;
  #onFlushed: (() => void) | null = null;

  constructor(parts: EmbeddedBrokerParts) {
    this.#parts = parts;
    this.#aedes = new Aedes({
      ...this.#hooks(),
      concurrency: 0, // No common bound: with one, a frozen subscriber's backlog holds up everybody's messages.
      connectTimeout: CONNECT_TIMEOUT,
      drainTimeout: DRAIN_TIMEOUT,
      keepaliveLimit: KEEPALIVE_SECONDS_MAX,
      maxTopicLevels: TOPIC_LEVELS_MAX,
      maxInflightInbound: 1,
    });
    this.#watchClients();
    this.#server = this.#entrance();
  }

  async start(): Promise<void> {
    await this.#aedes.listen();
    try {
      await listen(this.#server, this.#parts.host, this.#parts.port);
    } catch (thrown) {
      await this.close();
      throw thrown;
    }
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get connected(): number {
    return this.#clients.size;
  }

  publish(topic: string, text: string, { qos, retain }: Delivery): void {
    this.#unwritten += 1;
    this.#published += 1;
    const message = { cmd: "publish", topic, payload: Buffer.from(text), qos, retain, dup: false } as const;
    this.#aedes.publish({ ...message, ...orderOf(topic, this.#published) }, (error) => {
      if (error) this.#parts.log.warn("broker.publish-failed", { topic, reason: messageOf(error) });
      this.#unwritten -= 1;
      if (this.#unwritten === 0) this.#onFlushed?.();
    });
  }

  disconnect(terminalId: TerminalId): void {
    this.#sessions.end(terminalId);
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await this.#flushed();
    const closed = new Promise<void>((resolve) => {
      if (this.#server.listening) this.#server.close(() => resolve());
      else resolve();
    });
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
    this.#sessions.endAll();
    await closed;
  }

  #hooks() {
    const { onMessage, onRefused, clock, log } = this.#parts;
    const listening = () => !this.#closing;
    return brokerHooks({ sessions: this.#sessions, onMessage, count: onRefused, clock, log, listening });
  }

  #entrance(): Server {
    const { tls, onRefused, log } = this.#parts;
    const server = createServer({
      key: tls.key,
      cert: tls.certificate,
      ca: tls.authority,
      minVersion: "TLSv1.3",
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: HANDSHAKE_TIMEOUT,
      noDelay: true, // Without it a QoS 1 round trip takes 88 ms instead of 0.2.
    });
    server.maxConnections = CONNECTIONS_MAX;
    server.on("drop", () => onRefused("too-many-connections"));
    server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
      const code = handshakeFault(error, socket);
      onRefused(code);
      if (code === "bad-certificate") this.#sayBadCertificate(socket);
    });
    server.on("error", (error) => log.error("broker.failed", { reason: messageOf(error) }));
    server.on("secureConnection", (socket) => {
      try {
        this.#admit(socket);
      } catch (thrown) {
        socket.destroy();
        onRefused("hook-threw");
        log.error("broker.hook-threw", { reason: messageOf(thrown) });
      }
    });
    return server;
  }

  #admit(socket: TLSSocket): void {
    const { hall, isRevoked, onRefused, clock, log, traffic = TRAFFIC_LIMITS } = this.#parts;
    const identity = identityOf(socket.getPeerCertificate(), hall);
    const fault = identity.ok ? (isRevoked(identity.value.fingerprint) ? "revoked" : null) : identity.error;
    if (!identity.ok || fault !== null) {
      onRefused(fault ?? "no-identity");
      log.warn("broker.peer-refused", { code: fault, address: socket.remoteAddress });
      socket.destroy();
      return;
    }
    const gate = new TrafficGate(clock, traffic);
    const { terminalId } = identity.value;
    const connection = new GuardedConnection({
      socket,
      gate,
      clock,
      onRefused(code) {
        onRefused(code);
        log.warn("broker.client-refused", { terminal: terminalId, code });
      },
    });
    this.#sessions.open(connection, identity.value, hall);
    this.#aedes.handle(connection);
  }

  /** A terminal whose certificate has ended comes back for ever: said once a minute at most, and counted always. */
  #sayBadCertificate(socket: TLSSocket): void {
    const { clock, log } = this.#parts;
    const now = clock.mono();
    if (this.#badCertificateSaidAt !== null && elapsed(this.#badCertificateSaidAt, now) < BAD_CERTIFICATE_EVERY) return;
    this.#badCertificateSaidAt = now;
    const reason = messageOf(socket.authorizationError);
    log.warn("broker.peer-refused", { code: "bad-certificate", reason, address: socket.remoteAddress });
  }

  #watchClients(): void {
    const { onRefused, log } = this.#parts;
    const onError = (client: Client, error: Error): void => {
      const code = clientFault(error);
      if (code === null) return;
      onRefused(code);
      log.warn("broker.client-failed", { terminal: client.id, code, reason: messageOf(error) });
    };
    this.#aedes.on("client", (client) => this.#clients.add(client));
    this.#aedes.on("clientDisconnect", (client) => this.#clients.delete(client));
    this.#aedes.on("clientError", onError);
    this.#aedes.on("connectionError", onError);
    this.#aedes.addListener("error", (error: Error) => log.error("broker.failed", { reason: messageOf(error) }));
  }

  #flushed(): Promise<void> {
    if (this.#unwritten === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#parts.clock.after(FLUSH_WITHIN, resolve);
      this.#onFlushed = () => {
        timer.cancel();
        resolve();
      };
    });
  }
}

/**
 * Every topic counts for itself. By default a broker's packets share one count, and a client is never sent one with a
 * lower number than it had: a QoS 0 message, which goes a shorter way, would make it lose the QoS 1 message before it.
 */
const orderOf = (topic: string, count: number) => ({ brokerId: topic, brokerCounter: count });

function handshakeFault(error: NodeJS.ErrnoException, socket: TLSSocket): BrokerRefusal {
  if (socket.authorizationError) return "bad-certificate";
  return error.code === "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE" ? "no-certificate" : "handshake";
}

/** What the broker says of connections that merely broke. */
const BROKEN = ["keep alive timeout", "connection closed"];

/** Null for what was counted when it was refused, and for connections that merely broke. */
function clientFault(error: Error & { readonly code?: string }): BrokerRefusal | null {
  if (error instanceof HallError || error.code !== undefined || BROKEN.includes(error.message)) return null;
  return error.message === "drain timeout" ? "slow-subscriber" : "protocol-error";
}
