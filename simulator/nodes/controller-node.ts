import {
  actAtDesk,
  assembleHallEngine,
  breachesIn,
  type ClerkAction,
  deskOf,
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
import { type CounterId, type Log, milliseconds, parseTopic, type Result, type StaffId } from "../../protocol/index.ts";
import { backupOf, type DiskBackup, type DiskFault, openFaultyStore, plainSeal } from "../disk/faulty-store.ts";
import type { BrokerModel } from "../network/broker-model.ts";
import type { Chance } from "../time/chance.ts";
import type { WorldPlan } from "../world-plan.ts";
import { watchHeard } from "../network/heard-watch.ts";
import type { Forgotten } from "../history.ts";
import type { Seams } from "../seams.ts";
import { SimNode, type NodeWorld } from "./node.ts";
import { recordRestore } from "./record-restore.ts";

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
  #chance: Chance;
  #commits = 0;
  #backup: DiskBackup | null = null;
  #backupAtMs = 0;
  #restoreNext = false;

  constructor(parts: ControllerNodeParts) {
    super("controller", parts.world, parts.chance);
    this.#parts = parts;
    this.#chance = parts.chance;
  }

  /** The running hall, after its start is committed; null while it is down. */
  get program(): HallProgram | null {
    return this.life.isDead ? null : this.#program;
  }

  takeBackup(): void {
    this.#backup = backupOf(this.disk);
    this.#backupAtMs = this.world.nowMs();
    this.world.history.record({ type: "backup-taken", seq: this.#backup.seq });
  }

  /** The next start is from the last backup. */
  restoreBackup(): void {
    this.#restoreNext = this.#backup !== null;
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
    if (!this.#restoreNext || this.#backup === null) return;
    const { seq } = this.#backup;
    const records = this.disk.records.slice(seq);
    this.forgotten.push({ atMs: this.world.nowMs(), records });
    this.disk = this.#backup.restore();
    recordRestore({ disk: this.disk, madeAtMs: this.#backupAtMs, world: this.world, random: this.#chance });
    this.#restoreNext = false;
    this.#backup = null;
    this.world.history.record({ type: "controller-restored", seq, lost: records.length });
  }

  protected override boot(chance: Chance): void {
    const { life, clock, disk } = this;
    const { plan, broker, log, seams } = this.#parts;
    const { history } = this.world;
    this.#chance = chance;
    const store = openFaultyStore({
      disk,
      life,
      fault: () => this.fault,
      onAppended: (records) => {
        const [first, last] = [records[0], records.at(-1)];
        if (first && last) history.record({ type: "batch-stored", from: first.seq, to: last.seq });
      },
    });
    const onFatal = (error: Parameters<SimNode["exit"]>[1]): void => this.exit(life, error);
    const engine = assembleHallEngine({
      store: seams.store(store),
      seal: plainSeal,
      clock,
      random: chance,
      log,
      onFatal,
      watch: { watching: (decide) => seams.decide(decide), onSnapshot: () => {} },
    });
    const bus = seams.bus({
      publish: (topic, text, delivery) => {
        life.touch("broker publish");
        if (topic.endsWith("/ack")) this.#noteAck(topic, text);
        broker.publish(topic, text, delivery);
      },
      disconnect: (terminalId) => broker.disconnect(terminalId),
    });
    const program = new HallProgram({
      configuration: plan.configuration,
      engine,
      bus,
      clock,
      log,
      onChange: () => {},
      pace: { tick: milliseconds(plan.tickMs), facesPerTick: plan.facesPerTick, ...silenceOf(plan) },
    });
    engine.engine.onCommitted(() => this.#look(program));
    program.begin(() => {
      this.#program = program;
      program.startTicks();
    });
    const cursorOf = (terminalId: string, stream: string): number =>
      engine.engine.hall.cursors.get(`${terminalId}/${stream}`) ?? 0;
    const epoch = (): number => engine.engine.hall.epoch;
    const heard = watchHeard(program.receive, history, () => this.world.nowMs());
    broker.open(life, seams.receive(heard, { clock, random: chance, bus, epoch, cursorOf }));
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
    if (asks) this.world.history.record({ type: "gap-asked", terminalId });
    for (const [, code = ""] of refusals) this.world.history.record({ type: "refusal-told", terminalId, code });
  }

  #look(program: HallProgram): void {
    this.#commits += 1;
    if (this.#commits % LOOK_EVERY !== 0) return;
    this.breaches.push(...breachesIn(program.engine.hall));
  }
}
