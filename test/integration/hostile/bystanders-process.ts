import mqtt, { type MqttClient } from "mqtt";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import {
  type Ack,
  elapsed,
  type HallId,
  KEEPALIVE_SECONDS,
  seconds,
  TerminalId,
  topics,
} from "../../../protocol/index.ts";
import { stateText } from "../broker/wills.ts";

// Healthy terminals in a process of their own, so that what an attack costs the attacker is not measured with them.
// Each presses, waits until its press is acknowledged, and presses again, below the rate that the hall allows.

export interface Bystander {
  readonly terminal: string;
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
  readonly port: number;
  readonly hall: HallId;
}

/** Since the last question. */
export interface BystanderReport {
  readonly answered: number;
  /** Pressed and not answered yet, of all since the start. */
  readonly unanswered: number;
  /** Connections that ended, since the start. */
  readonly cut: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const PRESS_EVERY_MS = 60;
/** A press that had no answer by then is sent again, and is late in the figures. */
const RESEND = seconds(2);

class Hand {
  readonly latencies: number[] = [];
  pressed = 0;
  answered = 0;
  cut = 0;
  readonly #who: Bystander;
  readonly #client: MqttClient;
  readonly #stream = systemRandom.uuid();
  #upTo = 0;
  #heard: () => void = () => {};

  constructor(who: Bystander) {
    this.#who = who;
    const { key, cert, ca, port, terminal } = who;
    this.#client = mqtt.connect({
      protocol: "mqtts",
      host: "127.0.0.1",
      port,
      key,
      cert,
      ca,
      clientId: terminal,
      keepalive: KEEPALIVE_SECONDS,
      reconnectPeriod: 200,
      protocolVersion: 4,
    });
    this.#client.on("close", () => (this.cut += 1));
    this.#client.on("error", () => {});
    this.#client.on("message", (_topic, payload) => this.#take(payload.toString("utf8")));
  }

  async begin(): Promise<void> {
    await new Promise<void>((resolve) => this.#client.once("connect", () => resolve()));
    await this.#client.subscribeAsync(this.#topic("ack"), { qos: 1 });
    const birth = stateText("online").replace("00000000-0000-4000-8000-000000000001", this.#stream);
    await this.#client.publishAsync(this.#topic("state"), birth, { qos: 1, retain: true });
    void this.#pressForEver();
  }

  async #pressForEver(): Promise<void> {
    for (let seq = 1; ; seq += 1) {
      const begun = systemClock.mono();
      const text = this.#envelope(seq);
      this.pressed += 1;
      while (this.#upTo < seq) {
        this.#client.publish(this.#topic("up"), text, { qos: 1 });
        await this.#ackOrTimeout();
      }
      this.answered += 1;
      this.latencies.push(elapsed(begun, systemClock.mono()));
      await new Promise((resolve) => setTimeout(resolve, PRESS_EVERY_MS));
    }
  }

  #ackOrTimeout(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, RESEND);
      this.#heard = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #take(text: string): void {
    const { upTo, stream } = JSON.parse(text) as Ack;
    if (stream !== this.#stream || upTo <= this.#upTo) return;
    this.#upTo = upTo;
    this.#heard();
  }

  #envelope(seq: number): string {
    const hallMs = systemClock.now();
    const input = { v: 1, seq, boot: 1, kind: "fact", type: "assistance-requested", monoMs: 1, hallMs, synced: true };
    return JSON.stringify({ v: 1, stream: this.#stream, boot: 1, sentMonoMs: 1, inputs: [{ ...input, body: {} }] });
  }

  #topic(branch: Parameters<typeof topics.terminal>[2]): string {
    return topics.terminal(this.#who.hall, TerminalId.parse(this.#who.terminal), branch);
  }
}

function report(hands: readonly Hand[]): BystanderReport {
  const latencies = hands.flatMap((hand) => hand.latencies.splice(0)).toSorted((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  const sum = (of: (hand: Hand) => number): number => hands.reduce((total, hand) => total + of(hand), 0);
  const unanswered = sum(({ pressed, answered }) => pressed - answered);
  const figures = { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
  return { answered: latencies.length, unanswered, cut: sum(({ cut }) => cut), ...figures };
}

async function press(bystanders: readonly Bystander[]): Promise<void> {
  const hands = bystanders.map((who) => new Hand(who));
  await Promise.all(hands.map((hand) => hand.begin()));
  process.on("message", () => process.send?.(report(hands)));
  process.send?.("pressing");
}

process.once("message", (bystanders: Bystander[]) => void press(bystanders));
