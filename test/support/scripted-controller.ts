import {
  type Ack,
  type Desired,
  type HallId,
  type Input,
  type StreamId,
  type TerminalId,
  TerminalState,
  topics,
  UpEnvelope,
} from "../../protocol/index.ts";
import { ack, controllerState } from "./counter-messages.ts";
import type { Published, TestBroker } from "./test-broker.ts";

/** The controller's side of one terminal's stream, and nothing more: takes the expected seq, answers births. */
export class ScriptedController {
  readonly births: TerminalState[] = [];
  readonly stored: Input[] = [];
  /** Envelopes as they came, repeats included. */
  readonly envelopes: UpEnvelope[] = [];
  epoch = 7;
  /** A controller that is busy with something else. */
  isDeaf = false;
  readonly #broker: TestBroker;
  readonly #hall: HallId;
  readonly #terminal: TerminalId;
  #stream: StreamId | null = null;
  #seen = 0;

  constructor(broker: TestBroker, hall: HallId, terminal: TerminalId) {
    this.#broker = broker;
    this.#hall = hall;
    this.#terminal = terminal;
    broker.onPublished(() => this.#look());
    this.lead("up");
  }

  lead(status: "up" | "down"): void {
    const message = { ...controllerState(status, this.epoch), hallMs: Date.UTC(2026, 2, 2) };
    this.#broker.say(topics.hall(this.#hall, "controller"), message, { retain: true });
  }

  show(desired: Desired): void {
    this.#broker.say(topics.terminal(this.#hall, this.#terminal, "desired"), desired, { retain: true });
  }

  /** Tells how far it has got, whether or not it was asked. */
  acknowledge(more: Partial<Ack> = {}): void {
    if (this.#stream === null) return;
    const upTo = this.stored.length;
    const message = ack(upTo, { epoch: this.epoch, stream: this.#stream, ...more });
    this.#broker.say(topics.terminal(this.#hall, this.#terminal, "ack"), message, { qos: 0 });
  }

  /** As after a restore from a backup: what came after the first `count` inputs is gone. */
  restore(count: number): void {
    this.stored.length = count;
    this.epoch += 1;
  }

  #look(): void {
    for (; this.#seen < this.#broker.published.length; this.#seen += 1) {
      const said = this.#broker.published[this.#seen];
      if (said !== undefined && said.client === this.#terminal) this.#hear(said);
    }
  }

  #hear({ topic, text }: Published): void {
    if (topic.endsWith("/state")) {
      const birth = TerminalState.parse(JSON.parse(text));
      if (birth.status !== "online") return;
      this.births.push(birth);
      this.#stream = birth.stream;
      if (!this.isDeaf) this.acknowledge();
    }
    if (topic.endsWith("/up")) {
      const envelope = UpEnvelope.parse(JSON.parse(text));
      this.envelopes.push(envelope);
      if (this.isDeaf) return;
      for (const input of envelope.inputs) if (input.seq === this.stored.length + 1) this.stored.push(input);
      this.acknowledge();
    }
  }
}
