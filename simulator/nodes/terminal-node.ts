import type { CanonicalBadge } from "../../hardware/index.ts";
import { type Input, type Log, milliseconds, type StreamId } from "../../protocol/index.ts";
import { type AssembledTerminal, assembleTerminal } from "../../terminal/index.ts";
import { NoisyReader } from "../devices/noisy-reader.ts";
import { type VirtualCounter, virtualCounter, withReader } from "../devices/virtual-counter.ts";
import type { CardFault } from "../disk/faulty-journal.ts";
import { blankCard, type Card } from "../disk/memory-journal.ts";
import type { BrokerModel } from "../network/broker-model.ts";
import type { Dialect } from "../network/dialect.ts";
import { ModelLink } from "../network/model-link.ts";
import type { Chance } from "../time/chance.ts";
import { fragileClock, fragileLog, fragileRandom } from "../time/fragile.ts";
import type { Seams } from "../seams.ts";
import { PowerCut } from "../time/life.ts";
import { BADGE_KEY, type SimCounter, SIM_HALL } from "../world-plan.ts";
import { type NodeWorld, SimNode } from "./node.ts";

/** Somebody sees that an update was wrong, and takes it back. Milliseconds. */
const ROLLED_BACK_MS: readonly [number, number] = [15_000, 240_000];
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
  /** Which version this start is. */
  readonly dialect: () => Dialect;
  /** Absent: as many rows as the product allows. */
  readonly rowsMax?: number | undefined;
  /** Its reader is a real driver on a wire that garbles. */
  readonly hasNoisyReader: boolean;
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
  #reader: NoisyReader | null = null;
  #freshCardNext = false;
  #forgetsNext = 0;
  #dialect: Dialect = "same";

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

  /** A card near the reader, to be called from `act`. */
  present(badge: CanonicalBadge, isDamaged: boolean): void {
    if (isDamaged) this.world.history.record({ type: "frames-damaged", terminalId: this.counter.terminalId });
    if (this.#reader === null) this.devices.badgeReader.tap(badge);
    else this.#reader.tap(badge, isDamaged);
  }

  /** Pulls the plug of a device; it is back after a while, or with the next start. */
  unplug(device: keyof VirtualCounter, forMs: number): void {
    const { life, devices, counter } = this;
    if (life.isDead) return;
    this.world.history.record({ type: "plug-pulled", terminalId: counter.terminalId, device, forMs });
    const reader = device === "badgeReader" ? this.#reader : null;
    this.act(() => (reader === null ? devices[device].ail({ state: "fault", fault: "unplugged" }) : reader.unplug()));
    this.world.scheduler.afterMs(forMs, () => {
      if (this.life !== life) return;
      this.act(() => (reader === null ? devices[device].ail({ state: "ok" }) : reader.plug()));
    });
  }

  /** Every plug is in. */
  plugIn(): void {
    const { buttons, ratingKeypad, nameplate, badgeReader } = this.devices;
    if (this.life.isDead) return;
    this.act(() => {
      for (const device of [buttons, ratingKeypad, nameplate, badgeReader]) device.ail({ state: "ok" });
      this.#reader?.plug();
    });
  }

  /** A box of another major version is started again as what it was; nothing for the others. */
  update(): void {
    if (this.#dialect === "foreign") this.stop();
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
    const { broker, healthMs, onSight, seams } = this.#parts;
    const { terminalId, config } = counter;
    const { history } = this.world;
    const dialect = this.#parts.dialect();
    this.#dialect = dialect;
    if (dialect === "foreign") this.world.scheduler.afterMs(chance.between(...ROLLED_BACK_MS), () => this.update());
    if (dialect !== "same") history.record({ type: "version-started", node: terminalId, dialect });
    const ground = {
      card,
      life,
      chance,
      fault: () => this.fault,
      rowsMax: this.#parts.rowsMax,
      witness: {
        onFull: () => history.record({ type: "card-full", terminalId }),
        onDropped: (stream: StreamId, seq: number) => history.record({ type: "card-dropped", terminalId, stream, seq }),
        onAppended: (stream: StreamId, input: Input) =>
          history.record({ type: "input-journalled", terminalId, stream, input }),
        onAcknowledged: (stream: StreamId, upTo: number) =>
          history.record({ type: "ack-observed", terminalId, stream, upTo }),
        onStreamBegun: (stream: StreamId) => history.record({ type: "stream-begun", terminalId, stream }),
      },
    };
    const journal = seams.journal(ground, clock);
    const onUnread = (code: string): void => history.record({ type: "down-refused", terminalId, dialect, code });
    this.#link = new ModelLink({ broker, hall: SIM_HALL, terminalId, life, dialect, onUnread });
    this.devices = virtualCounter(clock, () => {
      life.touch("device");
      onSight(this);
    });
    this.#reader = this.#parts.hasNoisyReader ? new NoisyReader(clock, chance.stream("noise")) : null;
    const wired = this.#reader === null ? this.devices : withReader(this.devices, this.#reader.device);
    const { isFragile } = life;
    const running = assembleTerminal({
      config,
      devices: seams.devices(wired, clock),
      journal,
      link: seams.link(this.#link, { journal, clock }),
      badgeKey: BADGE_KEY,
      clock: isFragile ? fragileClock(clock, life) : clock,
      random: isFragile ? fragileRandom(chance, life) : chance,
      log: isFragile ? fragileLog(this.#parts.log, life) : this.#parts.log,
      memoryBytes: () => MEMORY_BYTES,
      beats: (period, beat) => clock.beats(period, beat),
      healthPeriod: healthMs === undefined ? undefined : milliseconds(healthMs),
    });
    // Devices open in a promise: whoever dies there has died, and nothing more comes of it.
    running.opened.catch((thrown: unknown) => {
      if (!(thrown instanceof PowerCut)) this.world.onBug(this.name, thrown);
    });
    running.start();
    this.#running = running;
  }

  protected override closed(): void {
    this.#running?.stop();
    void this.#link?.close();
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
