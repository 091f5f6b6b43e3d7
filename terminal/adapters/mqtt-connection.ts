import { isIP } from "node:net";
import { connect as connectTls, type SecureContext, type TLSSocket } from "node:tls";
import { type ISubscriptionMap, MqttClient } from "mqtt";
import {
  type Clock,
  CONNECT_TIMEOUT,
  encodeMessage,
  type HallId,
  KEEPALIVE_SECONDS,
  type Log,
  MESSAGE_BYTES_MAX,
  messageOf,
  seconds,
  type TerminalId,
  type TerminalState,
  topics,
  WIRE,
} from "../../protocol/index.ts";
import type { LinkListener, Said } from "../shell/controller-link.ts";
import { heardOn } from "../shell/heard-on.ts";

/** Bytes waiting for a peer that does not read: beyond them nothing is said, because nobody is listening. */
const UNSENT_BYTES_MAX = 256 * 1024;
/** A broker that does not let go in this time is left. */
const CLOSE_WITHIN = seconds(1);
/** MQTT 3.1.1's answer to a subscription that is not granted. */
const NOT_GRANTED = 128;

export interface MqttConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly hall: HallId;
  readonly terminal: TerminalId;
  readonly secureContext: SecureContext;
  readonly will: TerminalState;
  readonly listener: LinkListener;
  readonly log: Log;
}

/** One attempt, from the first packet to the last. Reports `onDown` exactly once, unless it is ended or abandoned. */
export class MqttConnection {
  readonly #options: MqttConnectionOptions;
  readonly #socket: TLSSocket;
  readonly #client: MqttClient;
  #phase: "opening" | "up" | "over" = "opening";
  #reason = "closed";

  constructor(options: MqttConnectionOptions) {
    const { host, port, hall, terminal, secureContext, will } = options;
    this.#options = options;
    // A server name is for names: with an address the certificate is checked against the address itself.
    const servername = isIP(host) === 0 ? host : undefined;
    this.#socket = connectTls({ host, port, secureContext, servername });
    // Nagle against delayed acknowledgement would cost each press 40 to 88 ms.
    this.#socket.once("connect", () => this.#socket.setNoDelay(true));
    this.#client = new MqttClient(() => this.#socket, {
      clientId: terminal,
      protocolVersion: 4,
      clean: true,
      keepalive: KEEPALIVE_SECONDS,
      // Pings on schedule whatever else is said: only their answers prove that somebody is there.
      reschedulePings: false,
      reconnectPeriod: 0,
      connectTimeout: CONNECT_TIMEOUT,
      resubscribe: false,
      queueQoSZero: false,
      will: {
        topic: topics.terminal(hall, terminal, "state"),
        payload: Buffer.from(encodeMessage(WIRE.state.schema, will)),
        qos: WIRE.state.qos,
        retain: WIRE.state.retained,
      },
    });
    this.#client.on("connect", () => this.#subscribe());
    this.#client.on("message", (topic, payload) => this.#hear(topic, payload));
    this.#client.on("error", (error) => this.#fail(codeOf(error)));
    this.#client.on("close", () => this.#over());
  }

  say({ branch, message }: Said): void {
    if (this.#phase !== "up" || this.#socket.writableLength > UNSENT_BYTES_MAX) return;
    const { hall, terminal } = this.#options;
    const { qos, retained: retain, schema } = WIRE[branch];
    // The PUBACK says nothing about storage: nobody waits for it, and a failed publish is the uplink's to repeat.
    this.#client.publish(
      topics.terminal(hall, terminal, branch),
      encodeMessage(schema, message),
      { qos, retain },
      ignore,
    );
  }

  /** Says goodbye, so that the will is not published. Resolves when the socket is gone. */
  async end(clock: Clock): Promise<void> {
    if (this.#socket.destroyed) return this.abandon();
    this.#phase = "over";
    const gone = new Promise<void>((resolve) => this.#socket.once("close", () => resolve()));
    const patience = clock.after(CLOSE_WITHIN, () => this.#socket.destroy());
    this.#client.end(false);
    await gone;
    patience.cancel();
  }

  /** Leaves without a word; nothing more is reported. */
  abandon(): void {
    this.#phase = "over";
    this.#client.end(true);
  }

  #subscribe(): void {
    const { hall, terminal } = this.#options;
    const filters: ISubscriptionMap = { [topics.hall(hall, "controller")]: { qos: WIRE.controller.qos } };
    for (const branch of ["ack", "desired", "command"] as const) {
      filters[topics.terminal(hall, terminal, branch)] = { qos: WIRE[branch].qos };
    }
    this.#client.subscribe(filters, (error, _asked, suback) => {
      if (this.#phase !== "opening") return;
      const codes = (suback?.granted ?? []).map(Number);
      const refused = Object.keys(filters).find((topic, index) => {
        const code = codes[index] ?? NOT_GRANTED;
        return code === NOT_GRANTED || code < (filters[topic]?.qos ?? 0);
      });
      if (error !== null || refused !== undefined) this.#refusedSubscription(refused, error);
      else this.#up();
    });
  }

  #refusedSubscription(topic: string | undefined, error: Error | null): void {
    const detail = error === null ? "not granted" : messageOf(error);
    this.#options.log.error("link.subscription-refused", { code: "LINK_SUBSCRIPTION_REFUSED", topic, detail });
    this.#fail("subscription-refused");
  }

  #up(): void {
    this.#phase = "up";
    this.#options.listener.onUp();
  }

  #fail(reason: string): void {
    if (this.#reason === "closed") this.#reason = reason;
    this.#client.end(true);
  }

  #over(): void {
    if (this.#phase === "over") return;
    this.#phase = "over";
    this.#client.end(true);
    this.#options.listener.onDown(this.#reason);
  }

  #hear(topic: string, payload: Buffer): void {
    if (this.#phase === "over") return;
    const { listener } = this.#options;
    if (payload.length > MESSAGE_BYTES_MAX) return listener.onRefused("too-large");
    const heard = heardOn(topic, payload.toString("utf8"));
    if (typeof heard === "string") listener.onRefused(heard);
    else listener.onHeard(heard);
  }
}

/** What went wrong, as one stable word: the system's or the library's code where there is one. */
function codeOf(error: Error): string {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" || typeof code === "number" ? String(code) : messageOf(error);
}

const ignore = (): void => {};
