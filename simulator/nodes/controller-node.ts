import {
  assembleHallEngine,
  breachesIn,
  type DeskRefusal,
  HallProgram,
  type IssuedTicket,
  MemoryDisk,
  takeTicket,
  type TicketRequest,
} from "../../controller/index.ts";
import { type Log, milliseconds, type Result } from "../../protocol/index.ts";
import { backupOf, type DiskBackup, type DiskFault, openFaultyStore, plainSeal } from "../disk/faulty-store.ts";
import type { BrokerModel } from "../network/broker-model.ts";
import type { Chance } from "../time/chance.ts";
import type { WorldPlan } from "../world-plan.ts";
import { SimNode, type NodeWorld } from "./node.ts";

/** Commits between two looks at the whole hall's invariants. */
const LOOK_EVERY = 16;

export interface ControllerNodeParts {
  readonly world: NodeWorld;
  readonly chance: Chance;
  readonly plan: WorldPlan;
  readonly broker: BrokerModel;
  readonly log: Log;
}

/** The hall's controller: the product's own program over a disk and a broker that fail. */
export class ControllerNode extends SimNode {
  disk = new MemoryDisk();
  fault: DiskFault | null = null;
  /** Found by `breachesIn` in the running hall. */
  readonly breaches: string[] = [];
  readonly #parts: ControllerNodeParts;
  #program: HallProgram | null = null;
  #chance: Chance;
  #commits = 0;
  #backup: DiskBackup | null = null;
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

  protected override beforeStart(): void {
    this.disk.crash();
    if (!this.#restoreNext || this.#backup === null) return;
    const { length } = this.disk.records;
    const { seq } = this.#backup;
    this.disk = this.#backup.restore();
    this.#restoreNext = false;
    this.#backup = null;
    this.world.history.record({ type: "controller-restored", seq, lost: length - seq });
  }

  protected override boot(chance: Chance): void {
    const { life, clock, disk } = this;
    const { plan, broker, log } = this.#parts;
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
    const engine = assembleHallEngine({ store, seal: plainSeal, clock, random: chance, log, onFatal });
    const program = new HallProgram({
      configuration: plan.configuration,
      engine,
      bus: {
        publish: (topic, text, delivery) => {
          life.touch("broker publish");
          broker.publish(topic, text, delivery);
        },
        disconnect: (terminalId) => broker.disconnect(terminalId),
      },
      clock,
      log,
      onChange: () => {},
      pace: { tick: milliseconds(plan.tickMs), facesPerTick: plan.facesPerTick },
    });
    engine.engine.onCommitted(() => this.#look(program));
    program.begin(() => {
      this.#program = program;
      program.startTicks();
    });
    broker.open(life, program.receive);
  }

  protected override buried(quiet: boolean): void {
    this.#program = null;
    this.#parts.broker.die(quiet);
  }

  #look(program: HallProgram): void {
    this.#commits += 1;
    if (this.#commits % LOOK_EVERY !== 0) return;
    this.breaches.push(...breachesIn(program.engine.hall));
  }
}
