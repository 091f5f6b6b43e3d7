import {
  actAtDesk,
  assembleHallEngine,
  AttendanceKeeper,
  type AttendanceLedger,
  breachesIn,
  type ClerkAction,
  deskOf,
  type EventType,
  type HallEngine,
  type DeskPicture,
  type DeskRefusal,
  type HallPace,
  HallProgram,
  type IssuedTicket,
  MemoryDisk,
  type Order,
  type Outcome,
  takeTicket,
  type TicketRequest,
} from "../../controller/index.ts";
import {
  type Clock,
  type CounterId,
  type Log,
  milliseconds,
  parseTopic,
  type Random,
  type Result,
  type StaffId,
} from "../../protocol/index.ts";
import { damagedDisk, type StoreDamage } from "../disk/damaged-disk.ts";
import { backupOf, type DiskBackup, type DiskFault, openFaultyStore, plainSeal } from "../disk/faulty-store.ts";
import type { BrokerModel } from "../network/broker-model.ts";
import { type Dialect, said } from "../network/dialect.ts";
import { Flow } from "../network/flow.ts";
import { OutsideLink } from "../network/outside-link.ts";
import { watchVersions } from "../network/version-watch.ts";
import type { Chance } from "../time/chance.ts";
import type { Life } from "../time/life.ts";
import { fragileClock, fragileDecide, fragileLog, fragileRandom } from "../time/fragile.ts";
import type { WorldPlan } from "../world-plan.ts";
import { watchHeard } from "../network/heard-watch.ts";
import type { Forgotten } from "../history.ts";
import type { Seams } from "../seams.ts";
import { SimNode, type NodeWorld } from "./node.ts";
import { recordRestore } from "./record-restore.ts";

/** What the controller may say on one topic: as much as a terminal may (I13). */
const SAID_PER_SECOND = 20;
const SAID_AT_ONCE = 200;
/** The keeper of attendance looks at what is due every so many ticks. */
const KEEPER_TICKS = 3;
/** Events that begin an epoch. */
const EPOCHS: ReadonlySet<EventType> = new Set<EventType>(["controller.started", "epoch.raised"]);
/** Commits between two looks at the whole hall's invariants. */
const LOOK_EVERY = 16;

type DeskOrder = Extract<Order, { type: "confirm-print" | "re-enter" | "settle-restored" }>;

export interface ControllerNodeParts {
  readonly world: NodeWorld;
  readonly chance: Chance;
  readonly plan: WorldPlan;
  readonly broker: BrokerModel;
  readonly log: Log;
  readonly seams: Seams;
  /** Which version this start is. */
  readonly dialect: () => Dialect;
}

interface Ports {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: Random;
}

/** A sign of life that is late by half is none. */
const silenceOf = ({ healthMs }: WorldPlan): Pick<HallPace, "silenceMax"> =>
  healthMs === undefined ? {} : { silenceMax: milliseconds(1.5 * healthMs) };

/** The hall's controller: the product's own program over a disk and a broker that fail. */
export class ControllerNode extends SimNode {
  disk = new MemoryDisk();
  fault: DiskFault | null = null;
  /** Of every restore: what the log had held beyond the copy. */
  readonly forgotten: Forgotten[] = [];
  /** Found by `breachesIn` in the running hall. */
  readonly breaches: string[] = [];
  readonly #parts: ControllerNodeParts;
  #program: HallProgram | null = null;
  #keeper: AttendanceKeeper | null = null;
  #chance: Chance;
  #commits = 0;
  #backup: DiskBackup | null = null;
  #backupAtMs = 0;
  #restoreNext = false;
  #damageNext: ((disk: MemoryDisk) => ReturnType<typeof damagedDisk>) | null = null;
  /** The disk as it was before it was damaged; null while it is whole. */
  #whole: MemoryDisk | null = null;
  #close: () => void = () => {};
  readonly #flows = new Map<string, Flow>();

  constructor(parts: ControllerNodeParts) {
    super("controller", parts.world, parts.chance);
    this.#parts = parts;
    this.#chance = parts.chance;
  }

  /** The running hall, after its start is committed; null while it is down. */
  get program(): HallProgram | null {
    return this.life.isDead ? null : this.#program;
  }

  /** Attendance as the running hall has it; null while it is down, or still reading its log. */
  get ledger(): AttendanceLedger | null {
    return this.life.isDead ? null : (this.#keeper?.ledger ?? null);
  }

  takeBackup(): void {
    if (this.#whole !== null || this.#damageNext !== null) return; // Nobody keeps a copy of what is broken.
    this.#backup = backupOf(this.disk);
    this.#backupAtMs = this.world.nowMs();
    this.world.history.record({ type: "backup-taken", seq: this.#backup.seq });
  }

  /** The next start is from the last backup. */
  restoreBackup(): void {
    this.#restoreNext = this.#backup !== null;
  }

  /** While it is down next, its disk spoils; `where` in [0, 1). Not without a copy to go back to. */
  damage(how: StoreDamage, where: number): void {
    if (this.#backup !== null) this.#damageNext = (disk) => damagedDisk(disk, how, where);
  }

  /** Somebody puts the copy back, if there is need of it. */
  mend(): void {
    this.#damageNext = null;
    if (this.#whole !== null) this.restoreBackup();
  }

  /** The desk port, as a kiosk reaches it; false when nobody answers. `done` may never come. */
  issueTicket(request: TicketRequest, key: string, done: (issued: Result<IssuedTicket, DeskRefusal>) => void): boolean {
    const { program, life } = this;
    if (program === null || life.isFrozen) return false;
    this.enter(life, () => takeTicket(program.engine, this.#chance, request, key, done));
    return true;
  }

  /** Something else a kiosk or the manager's page says; false when nobody answers. */
  order(order: DeskOrder, done: (outcome: Outcome) => void): boolean {
    const { program, life } = this;
    if (program === null || life.isFrozen) return false;
    this.enter(life, () => program.engine.submit(order, done));
    return true;
  }

  /** The page of a window's clerk, as its browser has it: a picture, and an act chosen from it. */
  atDesk(counterId: CounterId, staffId: StaffId, choose: (picture: DeskPicture) => ClerkAction | null): void {
    const { program, life } = this;
    if (program === null || life.isFrozen) return;
    this.enter(life, () => {
      const { engine } = program;
      const counter = engine.hall.counters.get(counterId);
      if (counter === undefined || counter.onDuty !== staffId) return; // No session without duty.
      const action = choose(deskOf(engine.hall, counter, engine.time().at));
      if (action !== null) actAtDesk({ engine, random: this.#chance }, { counterId, staffId, action }, null, () => {});
    });
  }

  protected override beforeStart(): void {
    this.disk.crash();
    this.#spoil();
    if (!this.#restoreNext || this.#backup === null) return;
    const { seq } = this.#backup;
    const records = (this.#whole ?? this.disk).records.slice(seq);
    this.#whole = null;
    this.forgotten.push({ atMs: this.world.nowMs(), records });
    this.disk = this.#backup.restore();
    const parts = { disk: this.disk, madeAtMs: this.#backupAtMs, world: this.world, random: this.#chance };
    this.#parts.seams.restore(() => recordRestore(parts));
    this.#restoreNext = false;
    this.#backup = null;
    this.world.history.record({ type: "controller-restored", seq, lost: records.length });
  }

  #spoil(): void {
    const damaged = this.#damageNext?.(this.disk) ?? null;
    this.#damageNext = null;
    if (damaged === null) return;
    if (damaged.how !== "snapshot") this.#whole = this.disk;
    this.disk = damaged.disk;
    this.world.history.record({ type: "store-damaged", how: damaged.how });
  }

  protected override boot(chance: Chance): void {
    const { life, clock } = this;
    const { plan, broker, seams } = this.#parts;
    const { history } = this.world;
    this.#chance = chance;
    const dialect = this.#parts.dialect();
    if (dialect !== "same") history.record({ type: "version-started", node: this.name, dialect });
    const ports = this.#portsOf(life, chance);
    const engine = this.#assemble(life, ports);
    const outside: OutsideLink | null = broker.isOutside
      ? new OutsideLink({
          broker,
          life,
          clock,
          random: chance,
          will: () => program.will(),
          receive: (terminalId, branch, text) => listen(terminalId, branch, text),
          onUp: () => {
            history.record({ type: "controller-linked" });
            program.sayAgain();
          },
        })
      : null;
    const bus = seams.bus({
      publish: (topic, text, delivery) => {
        life.touch("broker publish");
        this.#watchFlow(topic);
        if (topic.endsWith("/ack")) this.#noteAck(topic, text);
        (outside ?? broker).publish(topic, said(dialect, text), delivery);
      },
      disconnect: (terminalId) => (outside ?? broker).disconnect(terminalId),
      ...(outside !== null && { isListening: outside.isListening }),
    });
    const program = new HallProgram({
      configuration: plan.configuration,
      engine,
      bus,
      clock: ports.clock,
      log: ports.log,
      onChange: () => {},
      pace: { tick: milliseconds(plan.tickMs), facesPerTick: plan.facesPerTick, ...silenceOf(plan) },
    });
    engine.engine.onCommitted((events) => {
      this.#look(program);
      if (outside !== null && events.some(({ type }) => EPOCHS.has(type))) outside.renewWill();
    });
    const keeper = this.#keeperOf(program, engine, ports);
    this.#keeper = keeper;
    program.begin(() => {
      this.#program = program;
      outside?.connect(); // Its will says the epoch, which the start has raised.
      program.startTicks();
      keeper?.start();
    });
    const cursorOf = (terminalId: string, stream: string): number =>
      engine.engine.hall.cursors.get(`${terminalId}/${stream}`) ?? 0;
    const epoch = (): number => engine.engine.hall.epoch;
    const heard = watchHeard(program.receive, history, () => this.world.nowMs());
    const listen = watchVersions(seams.receive(heard, { clock, random: chance, bus, epoch, cursorOf }), history);
    if (outside === null) broker.open(life, listen);
    this.#close = (): void => {
      keeper?.close();
      program.quiesce();
      outside?.end();
      program.close();
    };
  }

  #keeperOf(program: HallProgram, { engine, store }: HallEngine, ports: Ports): AttendanceKeeper | null {
    const { plan, seams } = this.#parts;
    if (plan.attendance === undefined) return null;
    const emptyAt = program.watch.emptyAt.bind(program.watch);
    const lookEvery = milliseconds(KEEPER_TICKS * plan.tickMs);
    return new AttendanceKeeper(seams.keeper({ ...ports, engine, store, emptyAt, lookEvery }));
  }

  #portsOf(life: Life, chance: Chance): Ports {
    const { clock } = this;
    const { log } = this.#parts;
    if (!life.isFragile) return { clock, log, random: chance };
    return { clock: fragileClock(clock, life), log: fragileLog(log, life), random: fragileRandom(chance, life) };
  }

  #assemble(life: Life, ports: Ports): HallEngine {
    const { seams } = this.#parts;
    const { history } = this.world;
    const store = openFaultyStore({
      disk: this.disk,
      life,
      fault: () => this.fault,
      onAppended: (records) => {
        const [first, last] = [records[0], records.at(-1)];
        if (first && last) history.record({ type: "batch-stored", from: first.seq, to: last.seq });
      },
    });
    return assembleHallEngine({
      ...ports,
      store: seams.store(store),
      seal: plainSeal,
      onFatal: (error) => this.exit(life, error),
      watch: {
        watching: (decide) => (life.isFragile ? fragileDecide(seams.decide(decide), life) : seams.decide(decide)),
        onSnapshot: () => {},
      },
    });
  }

  protected override closed(): void {
    this.#close();
  }

  protected override buried(quiet: boolean): void {
    this.#program = null;
    this.#parts.broker.die(quiet);
  }

  #noteAck(topic: string, text: string): void {
    const asks = text.includes('"need"');
    const refusals = text.includes('"refused"') ? [...text.matchAll(/"code":"([^"]+)"/gu)] : [];
    if (!asks && refusals.length === 0) return;
    const parsed = parseTopic(topic);
    if (parsed?.kind !== "terminal") return;
    const { terminal: terminalId } = parsed;
    const stream = asks ? (/"stream":"([^"]+)"/u.exec(text)?.[1] ?? "") : "";
    if (asks) this.world.history.record({ type: "gap-asked", terminalId, stream });
    for (const [, code = ""] of refusals) this.world.history.record({ type: "refusal-told", terminalId, code });
  }

  #watchFlow(topic: string): void {
    let flow = this.#flows.get(topic);
    if (flow === undefined) this.#flows.set(topic, (flow = new Flow(SAID_PER_SECOND, SAID_AT_ONCE)));
    if (flow.takes(this.world.nowMs())) this.world.history.record({ type: "said-too-much", topic });
  }

  #look(program: HallProgram): void {
    this.#commits += 1;
    if (this.#commits % LOOK_EVERY !== 0) return;
    this.breaches.push(...breachesIn(program.engine.hall));
  }
}
