import { type Input, type Log, milliseconds, type StreamId } from "../../protocol/index.ts";
import { type AssembledTerminal, assembleTerminal } from "../../terminal/index.ts";
import { type VirtualCounter, virtualCounter } from "../devices/virtual-counter.ts";
import type { CardFault } from "../disk/faulty-journal.ts";
import { blankCard, type Card } from "../disk/memory-journal.ts";
import type { BrokerModel } from "../network/broker-model.ts";
import { ModelLink } from "../network/model-link.ts";
import type { Chance } from "../time/chance.ts";
import type { Seams } from "../seams.ts";
import { BADGE_KEY, type SimCounter, SIM_HALL } from "../world-plan.ts";
import { type NodeWorld, SimNode } from "./node.ts";

const MEMORY_BYTES = 64 * 1024 * 1024;

export interface TerminalNodeParts {
  readonly world: NodeWorld;
  readonly chance: Chance;
  readonly counter: SimCounter;
  readonly broker: BrokerModel;
  readonly log: Log;
  /** Milliseconds between two healths; absent: the product's own. */
  readonly healthMs?: number | undefined;
  readonly seams: Seams;
  /** What can be seen or heard at the window has changed. */
  readonly onSight: (terminal: TerminalNode) => void;
}

/** One counter terminal: the product's own shell and core, over a card, a line and devices that fail. */
export class TerminalNode extends SimNode {
  readonly counter: SimCounter;
  card: Card = blankCard();
  fault: CardFault | null = null;
  /** New with every start; fingers stay away from a dead box. */
  devices: VirtualCounter;
  readonly #parts: TerminalNodeParts;
  #running: AssembledTerminal | null = null;
  #link: ModelLink | null = null;
  #freshCardNext = false;
  #forgetsNext = 0;

  constructor(parts: TerminalNodeParts) {
    super(parts.counter.terminalId, parts.world, parts.chance);
    this.#parts = parts;
    this.counter = parts.counter;
    this.devices = virtualCounter(this.clock);
  }

  /** Null while it is dead. */
  get running(): AssembledTerminal | null {
    return this.life.isDead ? null : this.#running;
  }

  get isLinked(): boolean {
    return !this.life.isDead && this.#link?.isUp === true;
  }

  /** Runs an act of somebody at the window on this terminal's own loop; nothing when nobody is there to notice. */
  act(on: (devices: VirtualCounter) => void): void {
    const { life, devices } = this;
    if (life.isFrozen) this.world.scheduler.at(this.world.scheduler.nowUs, () => on(devices), life);
    else this.enter(life, () => on(devices));
  }

  replaceCard(): void {
    this.#freshCardNext = true;
  }

  /** The card has lied: its last confirmed writes are gone with the power. */
  forget(writes: number): void {
    this.#forgetsNext = writes;
  }

  protected override beforeStart(): void {
    const { history } = this.world;
    const { terminalId } = this.counter;
    if (this.#forgetsNext > 0) this.#loseTail(this.#forgetsNext);
    this.#forgetsNext = 0;
    if (!this.#freshCardNext) return;
    this.#freshCardNext = false;
    history.record({ type: "card-replaced", terminalId, unsent: this.card.head - this.card.done });
    this.card = blankCard();
  }

  protected override boot(chance: Chance): void {
    const { life, clock, card, counter } = this;
    const { broker, log, healthMs, onSight, seams } = this.#parts;
    const { terminalId, config } = counter;
    const { history } = this.world;
    const ground = {
      card,
      life,
      chance,
      fault: () => this.fault,
      witness: {
        onAppended: (stream: StreamId, input: Input) =>
          history.record({ type: "input-journalled", terminalId, stream, input }),
        onAcknowledged: (stream: StreamId, upTo: number) =>
          history.record({ type: "ack-observed", terminalId, stream, upTo }),
        onStreamBegun: (stream: StreamId) => history.record({ type: "stream-begun", terminalId, stream }),
      },
    };
    const journal = seams.journal(ground, clock);
    this.#link = new ModelLink(broker, SIM_HALL, terminalId, life);
    this.devices = virtualCounter(clock, () => {
      life.touch("device");
      onSight(this);
    });
    const running = assembleTerminal({
      config,
      devices: seams.devices(this.devices, clock),
      journal,
      link: seams.link(this.#link, { journal, clock }),
      badgeKey: BADGE_KEY,
      clock,
      random: chance,
      log,
      memoryBytes: () => MEMORY_BYTES,
      beats: (period, beat) => clock.beats(period, beat),
      healthPeriod: healthMs === undefined ? undefined : milliseconds(healthMs),
    });
    running.start();
    this.#running = running;
  }

  protected override buried(quiet: boolean): void {
    this.#running = null;
    this.#link?.died(quiet);
    this.#link = null;
    this.#parts.onSight(this);
  }

  #loseTail(writes: number): void {
    const { card } = this;
    const from = Math.max(1, card.head - writes + 1);
    if (from > card.head) return;
    for (let seq = from; seq <= card.head; seq += 1) card.inputs.delete(seq);
    card.head = from - 1;
    card.done = Math.min(card.done, card.head);
    this.world.history.record({ type: "card-forgot", terminalId: this.counter.terminalId, from });
  }
}
