import { breachesIn } from "../controller/index.ts";
import {
  Announcement,
  assert,
  ControllerState,
  decodeMessage,
  type EpochMs,
  epochMs,
  type LogFields,
  type Log,
  type MessageFault,
  type Result,
  TerminalState,
  TicketNumber,
  type Topic,
} from "../protocol/index.ts";
import { type AttendanceChoice, withAttendance } from "./attendance-plan.ts";
import { drawMix, type FaultChoice, type FaultMix } from "./faults.ts";
import { type Entry, type Final, History } from "./history.ts";
import { BrokerModel } from "./network/broker-model.ts";
import type { Connection } from "./network/connection.ts";
import type { Dialect } from "./network/dialect.ts";
import { ControllerNode } from "./nodes/controller-node.ts";
import type { NodeWorld, SimNode } from "./nodes/node.ts";
import { nodeLog } from "./nodes/node-log.ts";
import { TerminalNode } from "./nodes/terminal-node.ts";
import { Commuters } from "./people/commuters.ts";
import type { MakePeople, People } from "./people/people.ts";
import { readKnownPlate } from "./people/plate-reading.ts";
import { type Seams, SOUND } from "./seams.ts";
import { SimFloor } from "./sim-floor.ts";
import { PatientHands } from "./patient-hands.ts";
import { Strikes } from "./strikes.ts";
import { Chance } from "./time/chance.ts";
import { Scheduler } from "./time/scheduler.ts";
import { Weather } from "./weather.ts";
import { drawPlan, type PlanOptions, SIM_HALL, type WorldPlan } from "./world-plan.ts";

export interface HallOptions extends PlanOptions {
  readonly seed: number;
  readonly faults: FaultChoice;
  readonly people: MakePeople;
  /** Default "none". */
  readonly attendance?: AttendanceChoice;
  /** Instead of a plan drawn from the seed. */
  readonly plan?: WorldPlan;
  /** Default: the product as it is. */
  readonly seams?: Seams;
  /** Told of every happening and, when it is given, of every log line. Changes nothing of what happens. */
  readonly onTrace?: ((atMs: number, line: Entry | TracedLine) => void) | null;
}

export interface TracedLine {
  readonly type: "line";
  readonly node: string;
  readonly level: keyof Log;
  readonly event: string;
  readonly fields: LogFields;
}

/** Something in the product that no operator can mend: an assertion, a TypeError. */
export interface FoundBug {
  readonly atMs: number;
  readonly node: string;
  readonly thrown: unknown;
}

/** Of a will, in whatever version. */
const SessionName = TerminalState.pick({ stream: true, session: true });

/** What the world overhears was said by the product: it can be read, or the product has a bug. */
function understood<T>(decoded: Result<T, MessageFault>): T {
  assert(decoded.ok, "what the product says can be read");
  return decoded.value;
}

/** One hall in virtual time, from a seed: the product's nodes between a model of everything else. */
export class SimHall {
  readonly plan: WorldPlan;
  readonly mix: FaultMix;
  readonly scheduler = new Scheduler();
  readonly history: History;
  readonly controller: ControllerNode;
  readonly terminals: readonly TerminalNode[];
  readonly bugs: FoundBug[] = [];
  readonly lines = new Map<string, number>();
  readonly #weather: Weather;
  readonly #broker: BrokerModel;
  readonly #floor: SimFloor;
  readonly #people: People;
  readonly #commuters: Commuters | null;
  readonly #strikes: Strikes;
  readonly #onTrace: HallOptions["onTrace"];
  readonly #shownCalls: (string | null)[];
  readonly #keypads: string[] = [];

  constructor({
    seed,
    faults,
    people,
    onTrace = null,
    seams = SOUND,
    plan,
    attendance = "none",
    ...size
  }: HallOptions) {
    const chance = new Chance(seed);
    this.#onTrace = onTrace;
    const drawn = plan ?? drawPlan(chance.stream("plan"), size);
    this.plan = withAttendance(drawn, chance.stream("attendance"), attendance);
    this.mix = drawMix(chance.stream("mix"), faults);
    const { scheduler, mix } = this;
    const tell = onTrace === null ? null : (entry: Entry): void => onTrace(entry.atMs, entry);
    this.history = new History(() => this.nowMs, tell);
    this.#weather = new Weather(mix, chance.stream("weather"));
    const weather = this.#weather;
    const overhears = (topic: Topic, text: string): void => this.#overhear(topic, text);
    const witness = {
      overhears,
      onSession: (of: Connection, open: boolean): void =>
        this.#noteSession(of, open ? "session-opened" : "session-closed"),
      onWill: (of: Connection): void => this.#noteSession(of, "will-heard"),
    };
    const network = chance.stream("network");
    const isOutside = mix.brokerRestart !== null;
    const onServing = (serves: boolean): void => this.history.record({ type: serves ? "broker-back" : "broker-gone" });
    const lines = { scheduler, chance: network, weather, hall: SIM_HALL, isOutside, onServing };
    this.#broker = new BrokerModel({ ...lines, ...witness });
    const world = this.#nodeWorld();
    const broker = this.#broker;
    this.controller = new ControllerNode({
      world,
      chance: chance.stream("controller"),
      plan: this.plan,
      broker,
      log: this.#logOf("controller"),
      seams,
      dialect: () => weather.dialect(true),
    });
    const { healthMs } = this.plan;
    this.terminals = this.plan.counters.map((counter, window) => {
      const { terminalId } = counter;
      const onSight = (): void => this.#seen(window);
      const own = chance.stream(`terminal ${terminalId}`);
      const log = this.#logOf(terminalId);
      const dialect = (): Dialect => weather.dialect(false);
      const rowsMax = mix.smallCard === null ? undefined : Math.round(mix.smallCard);
      const box = { dialect, rowsMax, hasNoisyReader: mix.garbledReads !== null };
      return new TerminalNode({ world, chance: own, counter, broker, log, healthMs, seams, onSight, ...box });
    });
    this.#shownCalls = this.terminals.map(() => null);
    const { history, controller, terminals } = this;
    const hands = chance.stream("hands");
    this.#floor = new SimFloor({ plan: this.plan, scheduler, history, chance: hands, mix, controller, terminals });
    this.#people = people(this.#floor, chance.stream("people"));
    const { attendance: kept } = this.plan;
    this.#commuters = kept === undefined ? null : new Commuters(this.#floor, chance.stream("commuters"), kept);
    const strikes = chance.stream("strikes");
    this.#strikes = new Strikes({ mix, chance: strikes, scheduler, history, weather, broker, controller, terminals });
    const nodes = new Map<string, SimNode>([controller, ...terminals].map((node) => [node.name, node]));
    scheduler.onDispatch((life, run) => nodes.get(life.node)?.enter(life, run));
  }

  /** The world's own time, UTC milliseconds; no node can read it. */
  get nowMs(): EpochMs {
    return epochMs(this.plan.startMs + this.scheduler.nowUs / 1000);
  }

  open(): void {
    this.controller.start();
    for (const terminal of this.terminals) terminal.start();
    this.#strikes.arm();
    this.#people.open();
    this.#commuters?.open();
  }

  /** Faults end, whatever is broken is mended, and people rest. What has died comes back within a second. */
  heal(): void {
    this.history.record({ type: "healed" });
    this.#strikes.heal();
    this.#weather.heal();
    this.#floor.heal();
    this.#people.rest();
    this.#commuters?.rest();
    this.controller.fault = null;
    this.controller.mend();
    this.#broker.serve();
    for (const node of [this.controller, ...this.terminals]) {
      node.thaw();
      node.life.quenchFuse();
      node.clock.setWall(this.nowMs);
      node.start();
    }
    for (const terminal of this.terminals) {
      terminal.fault = null;
      terminal.update();
      terminal.plugIn();
      this.#broker.reset(terminal.counter.terminalId);
    }
    new PatientHands(this.#floor, this.history).begin();
  }

  final(): Final {
    const { controller } = this;
    const program = controller.program;
    const hall = program?.engine.hall ?? null;
    return {
      records: controller.disk.records,
      forgotten: controller.forgotten,
      quarantined: controller.disk.quarantined.length,
      terminals: this.terminals.map(({ counter, card, running, life }) => ({
        terminalId: counter.terminalId,
        counterId: counter.counterId,
        card,
        connected: life.isDead || running === null ? null : running.view.connected,
      })),
      hall,
      ledger: controller.ledger,
      sights: (program?.watch.pictures() ?? []).map(({ terminal, online, face }) => ({
        terminalId: terminal,
        online,
        ...face,
      })),
      breaches: [...controller.breaches, ...(hall === null ? [] : breachesIn(hall))],
    };
  }

  #nodeWorld(): NodeWorld {
    const { scheduler, history } = this;
    return {
      scheduler,
      history,
      nowMs: () => this.nowMs,
      onBug: (node, thrown) => void this.bugs.push({ atMs: this.nowMs, node, thrown }),
      birthOf: (node) => this.#weather.birthOf(node === "controller", this.nowMs),
      absenceOf: () => this.#weather.absence(),
    };
  }

  #logOf(node: string): Log {
    const onTrace = this.#onTrace ?? null;
    return nodeLog(
      node,
      (name, level, event, fields) => {
        if (level === "warn" || level === "error") this.lines.set(event, (this.lines.get(event) ?? 0) + 1);
        onTrace?.(this.nowMs, { type: "line", node: name, level, event, fields });
      },
      onTrace !== null,
    );
  }

  #seen(window: number): void {
    const terminal = this.terminals[window];
    if (terminal === undefined) return;
    this.#people.onSight(window);
    if (terminal.running === null) return;
    this.#keypadSeen(window, terminal);
    const plate = readKnownPlate(terminal.devices.nameplate.face.lines);
    const called = plate.sign === "called" ? plate.number : null;
    if (called === this.#shownCalls[window]) return;
    this.#shownCalls[window] = called;
    if (called === null) return;
    const { terminalId, counterId } = terminal.counter;
    this.history.record({ type: "call-shown", terminalId, counterId, number: TicketNumber.parse(called) });
  }

  #keypadSeen(window: number, { devices, counter }: TerminalNode): void {
    const { face } = devices.ratingKeypad;
    const before = this.#keypads[window];
    this.#keypads[window] = face;
    if (face === before || face === "dark") return;
    const type = face === "thanks" ? "rating-thanked" : "keypad-asked";
    this.history.record({ type, terminalId: counter.terminalId });
  }

  #noteSession({ terminalId, will }: Connection, type: "session-opened" | "session-closed" | "will-heard"): void {
    const { stream, session } = understood(decodeMessage(SessionName, will));
    this.history.record({ type, terminalId, stream, session });
  }

  #noteEpoch(text: string): void {
    const { status, epoch } = understood(decodeMessage(ControllerState, text));
    if (status === "up") this.history.record({ type: "epoch-announced", epoch });
  }

  #overhear(topic: Topic, text: string): void {
    if (topic.branch === "board") this.#floor.showBoard(text);
    if (topic.branch === "controller") this.#noteEpoch(text);
    if (topic.branch !== "calls") return;
    const { callId, ticketNumber: number, counterId } = understood(decodeMessage(Announcement, text));
    this.history.record({ type: "call-announced", callId, number, counterId });
  }
}
