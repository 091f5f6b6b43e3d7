import {
  assembleHallEngine,
  AttendanceKeeper,
  DaySealing,
  type HallConfiguration,
  HallProgram,
  type HallSeconds,
  instantOf,
  type LogSeal,
  MemoryDisk,
  openMemoryEventStore,
  type Order,
  type Regulation,
} from "../../../controller/index.ts";
import {
  assert,
  type Clock,
  type CounterId,
  type EpochMs,
  type Log,
  messageOf,
  milliseconds,
  minutes,
  present,
  type StaffId,
} from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import { Life } from "../../time/life.ts";
import { NodeClock } from "../../time/node-clock.ts";
import { Scheduler } from "../../time/scheduler.ts";
import type { DemoHall } from "../hall-plan.ts";
import { PastTerminal } from "./past-terminal.ts";

export interface PastHallParts {
  readonly plan: DemoHall;
  readonly configuration: HallConfiguration;
  readonly regulation: Regulation;
  readonly seal: LogSeal;
  readonly signer: ConstructorParameters<typeof DaySealing>[0]["signer"];
  readonly chance: Chance;
  readonly opensAt: EpochMs;
}

/** Nobody waits for the past: what looks at the hall every second there looks every five minutes. */
const LOOK_EVERY = minutes(5);
/** Deadlines of seconds are looked at that long after something happened. */
const SOON_AFTER_MS = [300, 5_000] as const;
const AGAIN_S = 60;
const STEPS_MAX = 5_000_000;

const QUIET: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * The controller's own program on former days: its engine, its keeper of attendance and its day sealing, on a clock
 * that is moved by hand and a log in memory. It decides everything that becomes the past.
 */
export class PastHall {
  readonly disk = new MemoryDisk();
  readonly terminals: ReadonlyMap<CounterId, PastTerminal>;
  /** Of orders that the hall refused: a story that does not fit the hall it is told of. */
  readonly refused: string[] = [];
  readonly #program: HallProgram;
  readonly #scheduler = new Scheduler();
  readonly #zone: string;
  readonly #opensAt: EpochMs;
  readonly #keeper: AttendanceKeeper;
  readonly #sealing: DaySealing;

  constructor({ plan, configuration, regulation, seal, signer, chance, opensAt }: PastHallParts) {
    this.#zone = regulation.zone;
    this.#opensAt = opensAt;
    const clock: Clock = this.#clock();
    const store = openMemoryEventStore(this.disk);
    const onFatal = (error: unknown): void => assert(false, messageOf(error));
    const hall = assembleHallEngine({ store, seal, clock, random: chance, log: QUIET, onFatal });
    const bus = { publish: () => {}, disconnect: () => {} };
    const parts = { configuration, engine: hall, bus, clock, log: QUIET, onChange: () => {} };
    this.#program = new HallProgram(parts);
    const { engine, watch } = this.#program;
    const emptyAt = watch.emptyAt.bind(watch);
    this.#keeper = new AttendanceKeeper({ engine, store, clock, random: chance, log: QUIET, emptyAt });
    this.#sealing = new DaySealing({ engine, store, signer, clock, log: QUIET });
    this.terminals = new Map(
      plan.counters.map(({ counterId, terminalId }) => [
        counterId,
        new PastTerminal(terminalId, this.#program, clock, chance),
      ]),
    );
    this.#program.begin(() => {
      this.#sealing.begin();
      this.#keeper.start();
      clock.every(LOOK_EVERY, () => this.tick());
    });
  }

  get hall(): HallProgram["engine"]["hall"] {
    return this.#program.engine.hall;
  }

  /** Something happens at the hall's own time `at`; what hangs on it is looked at soon after. */
  at(at: HallSeconds, happens: () => void): void {
    const fromMs = instantOf(at, this.#zone) - this.#opensAt;
    this.#scheduler.at(fromMs * 1000, happens);
    for (const after of SOON_AFTER_MS) this.#scheduler.at((fromMs + after) * 1000, () => this.tick());
  }

  order(order: Order): void {
    this.#program.engine.submit(order, (outcome) => {
      if (outcome.type !== "rejected") return;
      const { code, detail } = outcome.rejection;
      this.refused.push(`${order.type} ${code}: ${detail}`);
    });
  }

  tick(): void {
    this.order({ type: "tick" });
  }

  terminalAt(counterId: CounterId): PastTerminal {
    return present(this.terminals.get(counterId), `terminal of ${counterId}`);
  }

  /** Somebody holds their badge to a reader; null: to the first where somebody sits, as soon as one does. */
  tap(at: HallSeconds, where: CounterId | null, staffId: StaffId): void {
    const staffed = [...this.hall.counters.values()].find(({ onDuty }) => onDuty !== null && onDuty !== staffId);
    const counterId = where ?? staffed?.counterId;
    if (counterId === undefined) return this.at(at + AGAIN_S, () => this.tap(at + AGAIN_S, where, staffId));
    const badge = this.hall.configuration?.staff.find(({ id }) => id === staffId)?.badges[0];
    const body = { badge: present(badge, `badge of ${staffId}`) };
    this.terminalAt(counterId).fact({ type: "badge-presented", body });
  }

  /** Lives everything up to `until`, and closes. */
  liveUntil(until: HallSeconds): void {
    const fromMs = instantOf(until, this.#zone) - this.#opensAt;
    assert(this.#scheduler.runUntil(fromMs * 1000, STEPS_MAX), "the past comes to an end");
    this.#keeper.close();
    this.#sealing.close();
    this.#program.quiesce();
    this.#program.close();
  }

  #clock(): Clock {
    const options = { driftPpm: 0, wallMs: this.#opensAt, soonUs: 0 };
    const clock = new NodeClock(this.#scheduler, new Life("past", 1), options);
    return {
      now: () => clock.now(),
      mono: () => clock.mono(),
      after: (delay, wake) => clock.after(delay, wake),
      every: (period, wake) => clock.every(milliseconds(Math.max(period, LOOK_EVERY)), wake),
      soon: (wake) => clock.soon(wake),
    };
  }
}
