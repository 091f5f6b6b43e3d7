import { once } from "node:events";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { Aedes, type AedesPublishPacket } from "aedes";
import type { Credentials } from "./test-authority.ts";

/** What a client published, its own text and how it travelled. */
export interface Published {
  readonly topic: string;
  readonly text: string;
  readonly qos: number;
  readonly retain: boolean;
  /** Null for what the broker says itself, a last will among it. */
  readonly client: string | null;
}

export interface TestBrokerOptions {
  readonly server: Credentials;
  readonly authority: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Topics nobody may subscribe to. */
  readonly denies?: (topic: string) => boolean;
}

/** A small MQTT broker over mutual TLS on the loopback: everything said is on record, and a test can speak and cut. */
export class TestBroker {
  readonly published: Published[] = [];
  /** The texts clients sent, in the order in which they came in; `published` is in the order of delivery. */
  readonly arrived: string[] = [];
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #sockets = new Set<TLSSocket>();
  readonly #waiting = new Set<() => void>();
  readonly #lookers: (() => void)[] = [];
  /** Aedes drops a QoS 1 message that a later QoS 0 one to the same client overtakes: one at a time, then. */
  #said: Promise<void> = Promise.resolve();

  private constructor(aedes: Aedes, server: Server) {
    this.#aedes = aedes;
    this.#server = server;
  }

  static async start({ server, authority, port = 0, denies = () => false }: TestBrokerOptions): Promise<TestBroker> {
    const aedes = await Aedes.createBroker({
      authorizeSubscribe: (_client, subscription, done) => done(null, denies(subscription.topic) ? null : subscription),
      authorizePublish(_client, packet, done) {
        broker.arrived.push(packet.payload.toString());
        done(null);
      },
    });
    const tls = createServer(
      { key: server.key, cert: server.certificate, ca: authority, requestCert: true, minVersion: "TLSv1.3" },
      (socket) => broker.#take(socket),
    );
    const broker = new TestBroker(aedes, tls);
    tls.on("tlsClientError", () => {});
    aedes.on("publish", (packet, client) => broker.#record(packet, client?.id ?? null));
    await once(tls.listen(port, "127.0.0.1"), "listening");
    return broker;
  }

  get port(): number {
    const address = this.#server.address();
    return address !== null && typeof address === "object" ? address.port : 0;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Speaks as the controller. */
  say(
    topic: string,
    message: object | string,
    { retain = false, qos = 1 }: { retain?: boolean; qos?: 0 | 1 } = {},
  ): void {
    const payload = typeof message === "string" ? message : JSON.stringify(message);
    const packet = { cmd: "publish", topic, payload, retain, qos, dup: false } as const;
    this.#said = this.#said.then(() => new Promise((resolve) => this.#aedes.publish(packet, () => resolve())));
  }

  /** What was published on topics that end in `branch`, oldest first. */
  on(branch: string): Published[] {
    return this.published.filter(({ topic }) => topic.endsWith(`/${branch}`));
  }

  /** Calls `look` after every message. */
  onPublished(look: () => void): void {
    this.#lookers.push(look);
  }

  /** Resolves once `holds` does, looked at after every message and every connection. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          this.#waiting.delete(look);
          resolve();
        };
        this.#waiting.add(look);
      });
    }
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await new Promise<void>((resolve) => this.#aedes.close(() => resolve()));
  }

  #take(socket: TLSSocket): void {
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.#look();
    });
    this.#aedes.handle(socket);
    this.#look();
  }

  #record({ topic, payload, qos, retain }: AedesPublishPacket, client: string | null): void {
    if (topic.startsWith("$SYS")) return;
    this.published.push({ topic, text: payload.toString(), qos, retain, client });
    this.#look();
  }

  #look(): void {
    for (const look of this.#lookers) look();
    for (const look of this.#waiting) look();
  }
}
