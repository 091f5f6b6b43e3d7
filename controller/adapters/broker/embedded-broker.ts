import type { TLSSocket } from "node:tls";
import { Aedes, type Client } from "aedes";
import {
  type Clock,
  CONNECT_TIMEOUT,
  HallError,
  type HallId,
  KEEPALIVE_SECONDS_MAX,
  type Log,
  messageOf,
  type TerminalId,
  TOPIC_LEVELS_MAX,
} from "../../../protocol/index.ts";
import type { Broker, BrokerLoad, BrokerRefusal, Delivery, MessageListener, Peer } from "./broker.ts";
import { brokerHooks } from "./broker-hooks.ts";
import { DRAIN_TIMEOUT, FLUSH_WITHIN, TRAFFIC_LIMITS, type TrafficLimits } from "./broker-limits.ts";
import { ClientBudgets } from "./client-budgets.ts";
import { Entrance } from "./entrance.ts";
import { GuardedConnection } from "./guarded-connection.ts";
import { identityOf } from "./peer-identity.ts";
import { RefusalLog } from "./refusal-log.ts";
import { Sessions } from "./sessions.ts";
import { type TrafficFault, TrafficGate } from "./traffic-gate.ts";

const STORM = "reconnect-storm";

export interface EmbeddedBrokerParts {
  readonly hall: HallId;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** PEM. `authority` is the only root a client may come from. */
  readonly tls: { readonly key: string; readonly certificate: string; readonly authority: string };
  readonly isRevoked: (fingerprint: string) => boolean;
  readonly onMessage: MessageListener;
  readonly onRefused: (code: BrokerRefusal, peer: Peer) => void;
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
  readonly #entrance: Entrance;
  readonly #budgets: ClientBudgets;
  readonly #refusalLog: RefusalLog;
  readonly #clients = new Set<Client>();
  #closing = false;
  #unwritten = 0;
  #published = 0;
  #outboundBytesPeak = 0;
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
    this.#budgets = new ClientBudgets(parts.traffic ?? TRAFFIC_LIMITS);
    this.#refusalLog = new RefusalLog(parts.clock, parts.log);
    this.#watchClients();
    this.#entrance = this.#openEntrance();
  }

  async start(): Promise<void> {
    await this.#aedes.listen();
    try {
      await this.#entrance.listen(this.#parts.host, this.#parts.port);
    } catch (thrown) {
      await this.close();
      throw thrown;
    }
  }

  get port(): number {
    return this.#entrance.port;
  }

  get connected(): number {
    return this.#clients.size;
  }

  get listening(): boolean {
    return !this.#closing;
  }

  /** Nothing to do: this broker ends with its controller, and leaves no word behind. */
  renewWill(): void {}

  get load(): BrokerLoad {
    const { strangers } = this.#entrance;
    const { bufferedBytes } = this.#sessions;
    return { strangers, bufferedBytes, outboundBytesPeak: this.#outboundBytesPeak };
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
    const closed = this.#entrance.close();
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
    this.#sessions.endAll();
    await closed;
  }

  #hooks() {
    const { onMessage, clock, log } = this.#parts;
    return brokerHooks({
      sessions: this.#sessions,
      onMessage,
      count: this.#refused,
      clock,
      log,
      listening: () => !this.#closing,
      noteOutbound: (bytes) => {
        this.#outboundBytesPeak = Math.max(this.#outboundBytesPeak, bytes);
      },
    });
  }

  readonly #refused = (code: BrokerRefusal, peer: Peer, reason?: string): void => {
    this.#parts.onRefused(code, peer);
    this.#refusalLog.note(code, peer, reason === undefined ? {} : { reason });
  };

  #openEntrance(): Entrance {
    const { tls, clock, log } = this.#parts;
    const onSecure = (socket: TLSSocket): void => {
      try {
        this.#admit(socket);
      } catch (thrown) {
        socket.destroy();
        this.#refused("hook-threw", { address: socket.remoteAddress ?? "" }, messageOf(thrown));
      }
    };
    return new Entrance({ tls, clock, log, onRefused: this.#refused, onSecure });
  }

  #admit(socket: TLSSocket): void {
    const { hall, isRevoked, clock, traffic = TRAFFIC_LIMITS } = this.#parts;
    const identity = identityOf(socket.getPeerCertificate(), hall);
    if (!identity.ok) {
      socket.destroy();
      return this.#refused(identity.error, { address: socket.remoteAddress ?? "" });
    }
    const { terminalId, fingerprint } = identity.value;
    const peer = { terminal: terminalId };
    const budget = this.#budgets.of(terminalId, clock.mono());
    const fault = isRevoked(fingerprint) ? "revoked" : budget.connects.take(1, clock.mono()) === null ? STORM : null;
    if (fault !== null) {
      socket.destroy();
      return this.#refused(fault, peer);
    }
    const gate = new TrafficGate(clock, traffic, budget.traffic);
    const onRefused = (code: TrafficFault): void => this.#refused(code, peer);
    const onThrottled = (): void => this.#refused("throttled", peer);
    const connection = new GuardedConnection({ socket, gate, clock, onRefused, onThrottled });
    const former = this.#sessions.open(connection, identity.value, hall, budget.badMessages);
    if (former !== null) {
      former.connection.destroy();
      this.#refused("too-many-sessions", peer);
    }
    this.#aedes.handle(connection);
  }

  #watchClients(): void {
    const { log } = this.#parts;
    const onError = ({ conn }: Client, error: Error): void => {
      const code = clientFault(error);
      const session = this.#sessions.of(conn);
      if (code === null || session === undefined || session.fault !== null) return; // Its CONNECT was counted.
      this.#refused(code, { terminal: session.identity.terminalId }, messageOf(error));
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

/** What the broker says of connections that merely broke. */
const BROKEN = ["keep alive timeout", "connection closed"];

const FAULTS: Readonly<Record<string, BrokerRefusal>> = {
  "drain timeout": "slow-subscriber",
  "topic has too many levels": "deep-topic",
};

/** Null for what was counted when it was refused, and for connections that merely broke. */
function clientFault(error: Error & { readonly code?: string }): BrokerRefusal | null {
  if (error instanceof HallError || error.code !== undefined || BROKEN.includes(error.message)) return null;
  return FAULTS[error.message] ?? "protocol-error";
}
