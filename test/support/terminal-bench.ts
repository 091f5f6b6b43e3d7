import {
  type Desired,
  type Input,
  KEY_SETTLE,
  milliseconds,
  seconds,
  silentLog,
  StreamId,
  type TraceSpan,
} from "../../protocol/index.ts";
import { type VirtualCounter, virtualCounter } from "../../simulator/devices/virtual-counter.ts";
import { type RunningTerminal, startTerminal, TerminalConfig } from "../../terminal/index.ts";
import { ack, controllerState, desired, HALL_NOW, TERMINAL } from "./counter-messages.ts";
import { FakeLink } from "./fake-link.ts";
import { FrozenClock } from "./frozen-clock.ts";
import { blankCard, MemoryJournal } from "./memory-journal.ts";
import { SeededRandom } from "./seeded-random.ts";

const CONFIG = TerminalConfig.parse({
  hall: "test",
  terminal: TERMINAL,
  controller: { host: "controller" },
  directory: "/nowhere",
});

/** A whole terminal that can be frozen, and cut from power: what was on its card is there again. */
export class TerminalBench {
  readonly clock = new FrozenClock();
  readonly card = blankCard();
  link = new FakeLink();
  counter: VirtualCounter = virtualCounter(this.clock);
  #terminal: RunningTerminal | null = null;
  readonly spans: TraceSpan[] = [];
  readonly #random = new SeededRandom(5);

  async powerOn(): Promise<void> {
    this.link = new FakeLink();
    this.counter = virtualCounter(this.clock);
    this.#terminal = await startTerminal({
      config: CONFIG,
      devices: this.counter,
      clock: this.clock,
      random: this.#random,
      log: silentLog,
      journal: new MemoryJournal(this.card, () => StreamId.parse(this.#random.uuid())),
      trace: { note: (span) => void this.spans.push(span) },
      connection: { link: this.link, badgeKey: new Uint8Array(32).fill(0xab) },
    });
  }

  async online(face = desired(1, "idle")): Promise<void> {
    await this.powerOn();
    this.connect(face);
  }

  connect(face: Desired): void {
    this.link.up();
    this.link.hear({ type: "controller", controller: controllerState("up") });
    this.acknowledge();
    this.link.hear({ type: "desired", desired: face });
    this.clock.real.advance(seconds(1));
  }

  acknowledge(): void {
    const stream = this.card.stream ?? undefined;
    this.link.hear({ type: "ack", ack: ack(this.card.head, { ...(stream && { stream }), now: HALL_NOW }) });
  }

  vitals(): ReturnType<RunningTerminal["vitals"]> | undefined {
    return this.#terminal?.vitals();
  }

  press(button: "call" | "pause"): void {
    this.counter.buttons.press(button, milliseconds(100));
    this.clock.real.advance(milliseconds(100 + KEY_SETTLE));
  }

  get foot(): string | undefined {
    return this.counter.nameplate.face.lines.at(-1)?.zh;
  }

  journalled(): Input[] {
    return [...this.card.inputs.values()].map(({ input }) => input);
  }

  close(): Promise<void> {
    return this.#terminal?.close() ?? Promise.resolve();
  }
}
