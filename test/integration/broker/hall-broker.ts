import { connect as connectTls, type TLSSocket } from "node:tls";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { onTestFinished } from "vitest";
import {
  type KeyAndCertificate,
  makeRoot,
  makeServer,
  signTerminal,
} from "../../../controller/adapters/authority/small-ca.ts";
import type { Broker, MessageListener, Peer } from "../../../controller/adapters/broker/broker.ts";
import { TRAFFIC_LIMITS, type TrafficLimits } from "../../../controller/adapters/broker/broker-limits.ts";
import { startEmbeddedBroker } from "../../../controller/adapters/broker/embedded-broker.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import {
  type EpochMs,
  epochMs,
  HallId,
  KEEPALIVE_SECONDS,
  type Log,
  minutes,
  present,
  silentLog,
  TerminalId,
  topics,
} from "../../../protocol/index.ts";
import { askForCertificate } from "../authority/certificate-request.ts";

export const HALL = HallId.parse("h1");
export const T1 = TerminalId.parse("t1");
export const T2 = TerminalId.parse("t2");
export const t1 = (branch: Parameters<typeof topics.terminal>[2]): string => topics.terminal(HALL, T1, branch);

export interface Taken {
  readonly terminalId: TerminalId;
  readonly branch: string;
  readonly text: string;
}

/** A broker on a free port of the loopback, and clients for it with certificates of its root. */
export interface HallBroker {
  readonly broker: Broker;
  readonly root: KeyAndCertificate;
  readonly taken: Taken[];
  readonly refusals: string[];
  /** Of whom each of them was. */
  readonly peers: Peer[];
  /** Fingerprints that are void. */
  readonly revoked: Set<string>;
  /** A certificate for `terminal`, of this hall's root unless another is given. */
  certify(terminal?: TerminalId, options?: CertifyOptions): Promise<KeyAndCertificate>;
  /** Resolves once connected; rejects when the broker does not let it in. */
  connect(terminal?: TerminalId, options?: IClientOptions): Promise<MqttClient>;
  /** A TLS socket with a terminal's certificate on which no MQTT byte was sent. */
  socket(terminal?: TerminalId): Promise<TLSSocket>;
  /** Resolves when `condition` holds after something was taken or refused. */
  until(condition: () => boolean): Promise<void>;
}

export interface CertifyOptions {
  readonly root?: KeyAndCertificate;
  readonly hall?: HallId;
  readonly now?: EpochMs;
}

export interface HallBrokerOptions {
  readonly onMessage?: MessageListener;
  readonly traffic?: TrafficLimits;
  readonly log?: Log;
}

export async function startHallBroker(options: HallBrokerOptions = {}): Promise<HallBroker> {
  const { onMessage = () => null, traffic = TRAFFIC_LIMITS, log = silentLog } = options;
  const root = await makeRoot(HALL, systemClock.now());
  const server = await makeServer(root, { dns: ["localhost"], ip: ["127.0.0.1"] }, systemClock.now());
  const watch = watchList();
  const taken: Taken[] = [];
  const refusals: string[] = [];
  const peers: Peer[] = [];
  const revoked = new Set<string>();
  const broker = await startEmbeddedBroker({
    hall: HALL,
    host: "127.0.0.1",
    port: 0,
    tls: { ...server, authority: root.certificate },
    isRevoked: (fingerprint) => revoked.has(fingerprint),
    onMessage(terminalId, branch, text) {
      taken.push({ terminalId, branch, text });
      watch.changed();
      return onMessage(terminalId, branch, text);
    },
    onRefused(code, peer) {
      refusals.push(code);
      peers.push(peer);
      watch.changed();
    },
    clock: systemClock,
    log,
    traffic,
  });
  onTestFinished(() => broker.close());
  return { broker, root, taken, refusals, peers, revoked, until: watch.until, ...clientsOf(broker.port, root) };
}

type Clients = Pick<HallBroker, "certify" | "connect" | "socket">;

/** Clients of whichever broker listens on `port` of the loopback. */
export function clientsOf(port: number, root: KeyAndCertificate): Clients {
  const certify: HallBroker["certify"] = async (terminal = T1, options = {}) => {
    const { key, csr } = await askForCertificate();
    const issue = { csr, hall: options.hall ?? HALL, terminal, now: options.now ?? systemClock.now() };
    const signed = await signTerminal(options.root ?? root, issue);
    return { key, certificate: signed.ok ? signed.value : "" };
  };
  const tls = async (terminal?: TerminalId) => {
    const { key, certificate } = await certify(terminal);
    return { host: "127.0.0.1", port, ca: root.certificate, key, cert: certificate };
  };
  return {
    certify,
    connect: async (terminal = T1, options = {}) =>
      connectMqtt({
        ...(options.cert || options.key ? {} : await tls(terminal)),
        ...mqttOptions(port, root, terminal),
        ...options,
      }),
    socket: async (terminal) => {
      const socket = connectTls(await tls(terminal));
      onTestFinished(() => void socket.destroy());
      socket.on("error", () => {});
      await new Promise((resolve) => socket.once("secureConnect", resolve));
      return socket;
    },
  };
}

const mqttOptions = (port: number, root: KeyAndCertificate, terminal: TerminalId): IClientOptions => ({
  protocol: "mqtts",
  host: "127.0.0.1",
  port,
  ca: root.certificate,
  clientId: terminal,
  clean: true,
  keepalive: KEEPALIVE_SECONDS,
  reconnectPeriod: 0,
  protocolVersion: 4,
});

export function connectMqtt(options: IClientOptions): Promise<MqttClient> {
  const client = mqtt.connect(options);
  onTestFinished(() => client.endAsync(true));
  return new Promise((resolve, reject) => {
    client.once("connect", () => resolve(client));
    client.once("error", (error) => reject(new TypeError(`not admitted: ${error.message}`)));
    client.once("close", () => reject(new TypeError("not admitted: closed")));
  });
}

/** Resolves when the client's connection has ended. */
export const closed = (client: MqttClient): Promise<void> =>
  new Promise((resolve) => {
    if (!client.connected) resolve();
    client.once("close", () => resolve());
  });

/** The first message of `topic` from now on. */
export const heard = (client: MqttClient, topic: string): Promise<string> =>
  new Promise((resolve) => {
    const onMessage = (at: string, payload: Buffer): void => {
      if (at !== topic) return;
      client.off("message", onMessage);
      resolve(payload.toString("utf8"));
    };
    client.on("message", onMessage);
  });

export function watchList() {
  const waiting = new Set<() => void>();
  return {
    changed: () => waiting.forEach((look) => look()),
    until: (condition: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

export const expired = (): EpochMs => epochMs(systemClock.now() - minutes(3_660 * 24 * 60));
export const nth = <T>(list: readonly T[], index: number): T => present(list[index], `element ${index}`);
