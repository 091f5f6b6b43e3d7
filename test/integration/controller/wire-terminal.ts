import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { onTestFinished } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import {
  Ack,
  Desired,
  type HallId,
  Health,
  INTENT_TTL,
  isFactType,
  KEEPALIVE_SECONDS,
  present,
  type TerminalId,
  topics,
  UpEnvelope,
  wireOf,
} from "../../../protocol/index.ts";
import { stateText } from "../broker/wills.ts";

type UpBranch = "state" | "up" | "reported" | "health";

/** Just enough of a terminal to speak the wire by hand. */
export class WireTerminal {
  readonly client: MqttClient;
  readonly stream = systemRandom.uuid();
  readonly acks: Ack[] = [];
  readonly faces: Desired[] = [];
  readonly controller: { status: string; epoch: number }[] = [];
  readonly #hall: HallId;
  readonly #terminalId: TerminalId;
  #looks: (() => void)[] = [];
  #seq = 0;

  private constructor(hall: HallId, terminalId: TerminalId, client: MqttClient) {
    this.#hall = hall;
    this.#terminalId = terminalId;
    this.client = client;
    client.on("message", (topic, payload) => this.#take(topic, payload.toString("utf8")));
  }

  /** Connected, subscribed and born. */
  static async connect(hall: HallId, terminalId: TerminalId, tls: IClientOptions): Promise<WireTerminal> {
    const client = await mqtt.connectAsync({
      protocol: "mqtts",
      host: "127.0.0.1",
      clientId: terminalId,
      keepalive: KEEPALIVE_SECONDS,
      reconnectPeriod: 0,
      protocolVersion: 4,
      ...tls,
    });
    onTestFinished(() => client.endAsync(true));
    const terminal = new WireTerminal(hall, terminalId, client);
    const wanted = [topics.hall(hall, "controller"), terminal.#topic("ack"), terminal.#topic("desired")];
    await client.subscribeAsync(wanted, { qos: 1 });
    await terminal.send("state", terminal.state("online", 1));
    return terminal;
  }

  state(status: "online" | "lost", session: number): string {
    return stateText(status, session).replace("00000000-0000-4000-8000-000000000001", this.stream);
  }

  async send(branch: UpBranch, text: string): Promise<void> {
    const { qos, retained } = wireOf(branch);
    await this.client.publishAsync(this.#topic(branch), text, { qos, retain: retained });
  }

  /** Sends one input, and waits until its commit is acknowledged. */
  async input(type: string, body: Record<string, string | number> = {}): Promise<Ack> {
    this.#seq += 1;
    const seq = this.#seq;
    await this.send("up", this.envelope(seq, type, body));
    await this.until(() => this.acks.some((ack) => ack.upTo >= seq));
    return present(
      this.acks.find((ack) => ack.upTo >= seq),
      "the acknowledgement",
    );
  }

  envelope(seq: number, type: string, body: Record<string, string | number>): string {
    const intent = isFactType(type) ? {} : { basis: this.faces.at(-1)?.basis, ttlMs: INTENT_TTL };
    const kind = isFactType(type) ? "fact" : "intent";
    const hallMs = systemClock.now();
    const input = { v: 1, seq, boot: 1, kind, type, monoMs: 1, hallMs, synced: true, body, ...intent };
    return JSON.stringify(UpEnvelope.parse({ v: 1, stream: this.stream, boot: 1, sentMonoMs: 1, inputs: [input] }));
  }

  health(): string {
    const counters = Object.fromEntries(Object.keys(Health.shape.counters.shape).map((name) => [name, 0]));
    const body = { uptimeMs: 1, memoryBytes: 1, clockOffsetMs: 0, counters, head: this.#seq, done: this.#seq };
    return JSON.stringify(Health.parse({ v: 1, stream: this.stream, session: 1, ...body }));
  }

  /** Resolves when `condition` holds, looked at after every message that comes in. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#looks = this.#looks.filter((other) => other !== look);
        resolve();
      };
      this.#looks.push(look);
      look();
    });
  }

  async untilPhase(phase: Desired["phase"]): Promise<Desired> {
    await this.until(() => this.faces.at(-1)?.phase === phase);
    return present(this.faces.at(-1), "a face");
  }

  #topic(branch: Parameters<typeof topics.terminal>[2]): string {
    return topics.terminal(this.#hall, this.#terminalId, branch);
  }

  #take(topic: string, text: string): void {
    const message: unknown = JSON.parse(text);
    if (topic === this.#topic("ack")) this.acks.push(Ack.parse(message));
    else if (topic === this.#topic("desired")) this.faces.push(Desired.parse(message));
    else this.controller.push(message as { status: string; epoch: number });
    for (const look of this.#looks) look();
  }
}
