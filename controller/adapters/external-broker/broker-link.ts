import { isIP } from "node:net";
import { connect as connectTls, type SecureContext, type TLSSocket } from "node:tls";
import { type IPublishPacket, type ISubscriptionMap, MqttClient } from "mqtt";
import {
  type Clock,
  CONNECT_TIMEOUT,
  type HallId,
  KEEPALIVE_SECONDS,
  messageOf,
  TERMINAL_BRANCHES_UP,
  type Timer,
  topics,
  WIRE,
} from "../../../protocol/index.ts";
import { controllerName } from "../authority/certificate-names.ts";
import type { Delivery } from "../broker/broker.ts";
import { CLOSE_WITHIN, EARLY_MESSAGES_MAX, ECHO_WITHIN, UNCONFIRMED_MAX, UNSENT_BYTES_MAX } from "./external-limits.ts";
import type { Delivered } from "./external-intake.ts";

/** MQTT 3.1.1's answer to a subscription that is not granted. */
const NOT_GRANTED = 128;

/** A message of the controller, ready to be sent. */
export interface Outgoing {
  readonly topic: string;
  readonly text: string;
  readonly delivery: Delivery;
}

export interface LinkListener {
  /** Subscribed, with everything granted. What was kept for us is heard after this, and never before. */
  onUp(): void;
  onHeard(message: Delivered): void;
  /** Our own birth came back: the broker takes what we say and passes it on. */
  onEcho(): void;
  /** Nothing of the birth came back in time, although it was taken. */
  onSilence(): void;
  /** Exactly once, unless the link is ended or abandoned. `topic`: the subscription that was refused. */
  onDown(reason: string, topic: string | null): void;
}

export interface BrokerLinkOptions {
  readonly host: string;
  readonly port: number;
  readonly hall: HallId;
  readonly secureContext: SecureContext;
  readonly will: Outgoing;
  readonly listener: LinkListener;
  readonly clock: Clock;
}

/**
 * One connection to a broker, from the first packet to the last: nothing is carried over into the next, and nothing
 * waits in it for a better time.
 */
export class BrokerLink {
  readonly #options: BrokerLinkOptions;
  readonly #socket: TLSSocket;
  readonly #client: MqttClient;
  readonly #birthTopic: string;
  #phase: "opening" | "up" | "over" = "opening";
  #reason = "closed";
  #refusedTopic: string | null = null;
  #early: Delivered[] = [];
  #unconfirmed = 0;
  #patience: Timer | null = null;

  constructor(options: BrokerLinkOptions) {
    const { host, port, hall, secureContext, will } = options;
    this.#options = options;
    this.#birthTopic = topics.hall(hall, "controller");
    // A server name is for names: with an address the certificate is checked against the address itself.
    const servername = isIP(host) === 0 ? host : undefined;
    this.#socket = connectTls({ host, port, secureContext, servername });
    this.#socket.once("connect", () => this.#socket.setNoDelay(true)); // Or each answer takes 40 to 88 ms.
    this.#client = new MqttClient(() => this.#socket, {
      clientId: controllerName(hall),
      protocolVersion: 4,
      clean: true,
      keepalive: KEEPALIVE_SECONDS,
      reschedulePings: false, // Only their answers prove that somebody is there.
      reconnectPeriod: 0,
      connectTimeout: CONNECT_TIMEOUT,
      resubscribe: false,
      queueQoSZero: false,
      will: { topic: will.topic, payload: Buffer.from(will.text), ...will.delivery },
    });
    this.#client.on("connect", () => this.#subscribe());
    this.#client.on("message", (topic, payload, packet) => this.#hear(topic, payload, packet));
    this.#client.on("error", (error) => this.#fail(codeOf(error)));
    this.#client.on("close", () => this.#over());
  }

  get isUp(): boolean {
    return this.#phase === "up" && this.#client.connected;
  }

  /** Sends now or not at all. The broker's confirmation says nothing about anybody having heard it. */
  say({ topic, text, delivery }: Outgoing): void {
    if (!this.isUp) return;
    if (this.#socket.writableLength > UNSENT_BYTES_MAX || this.#unconfirmed > UNCONFIRMED_MAX) {
      this.#fail("slow-broker");
      return;
    }
    this.#unconfirmed += 1;
    this.#client.publish(topic, text, delivery, () => {
      this.#unconfirmed -= 1;
    });
  }

  /** Says goodbye, so that the will is not published, once the rest is out. Resolves when the socket is gone. */
  async end(): Promise<void> {
    const wasUp = this.isUp;
    this.#phase = "over";
    this.#patience?.cancel();
    if (!wasUp || this.#socket.destroyed) return this.abandon();
    const gone = new Promise<void>((resolve) => this.#socket.once("close", () => resolve()));
    const patience = this.#options.clock.after(CLOSE_WITHIN, () => this.#socket.destroy());
    this.#client.end(false);
    await gone;
    patience.cancel();
  }

  /** Leaves without a word; nothing more is reported. */
  abandon(): void {
    this.#phase = "over";
    this.#patience?.cancel();
    this.#client.end(true);
  }

  #subscribe(): void {
    const { hall } = this.#options;
    const filters: ISubscriptionMap = { [this.#birthTopic]: { qos: WIRE.controller.qos } };
    for (const branch of TERMINAL_BRANCHES_UP) {
      filters[topics.everyTerminal(hall, branch)] = { qos: WIRE[branch].qos };
    }
    this.#client.subscribe(filters, (error, _asked, suback) => {
      if (this.#phase !== "opening") return;
      const codes = (suback?.granted ?? []).map(Number);
      const refused = Object.keys(filters).find((topic, index) => {
        const code = codes[index] ?? NOT_GRANTED;
        return code === NOT_GRANTED || code < (filters[topic]?.qos ?? 0);
      });
      if (error === null && refused === undefined) return this.#up();
      this.#refusedTopic = refused ?? null;
      this.#fail("subscription-refused");
    });
  }

  #up(): void {
    const { listener, clock } = this.#options;
    this.#phase = "up";
    this.#patience = clock.after(ECHO_WITHIN, () => listener.onSilence());
    listener.onUp();
    for (const message of this.#early.splice(0)) listener.onHeard(message);
  }

  #hear(topic: string, payload: Buffer, { qos, retain }: IPublishPacket): void {
    if (this.#phase === "over") return;
    if (topic === this.#birthTopic) {
      if (!retain && this.#phase === "up") this.#echo();
      return;
    }
    const message = { topic, payload, qos, retain };
    if (this.#phase === "up") this.#options.listener.onHeard(message);
    else if (this.#early.length < EARLY_MESSAGES_MAX) this.#early.push(message);
  }

  #echo(): void {
    this.#patience?.cancel();
    this.#options.listener.onEcho();
  }

  #fail(reason: string): void {
    if (this.#reason === "closed") this.#reason = reason;
    this.#client.end(true);
  }

  #over(): void {
    if (this.#phase === "over") return;
    this.abandon();
    this.#options.listener.onDown(this.#reason, this.#refusedTopic);
  }
}

/** What went wrong, as one stable word: the system's or the library's code where there is one. */
function codeOf(error: Error): string {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" || typeof code === "number" ? String(code) : messageOf(error);
}
