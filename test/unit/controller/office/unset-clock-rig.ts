import { assembleHallEngine, type HallEngine } from "../../../../controller/assembled-engine.ts";
import type { HallEvent } from "../../../../controller/core/events.ts";
import { createIntake, type Intake } from "../../../../controller/engine/intake.ts";
import { MemoryDisk, openMemoryEventStore } from "../../../../controller/engine/memory-event-store.ts";
import { readEvent } from "../../../../controller/engine/upcast.ts";
import { WANTED } from "../../../../controller/office/wanted-events.ts";
import { AttendanceLedger, ledgerOf } from "../../../../controller/projections/attendance/attendance-ledger.ts";
import {
  type EpochMs,
  epochMs,
  type Input,
  milliseconds,
  monoMs,
  present,
  silentLog,
  StreamId,
  type TerminalId,
} from "../../../../protocol/index.ts";
import { draftOf, inputOf } from "../../../../terminal/core/draft.ts";
import { type HallTime, hallTimeAt, hearHallTime, unheardHallTime } from "../../../../terminal/core/hall-time.ts";
import { SeededRandom } from "../../../support/seeded-random.ts";
import { badge, terminalId, uuid } from "../../../support/test-hall.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { hallSecondsAt, instant, officeConfiguration } from "../core/office/office-rig.ts";

const NO_SEAL = { sign: () => "", verify: () => true };
/** Where a box without a battery wakes. */
const NINETEEN_SEVENTY = epochMs(20_000);

interface Box {
  readonly id: string;
  readonly bootedAt: EpochMs;
}

interface Process {
  readonly clock: VirtualClock;
  readonly hall: HallEngine;
  readonly intake: Intake;
}

/** One window's terminal, as far as its clock goes: its own core dates what it says. */
class Window {
  readonly terminal: TerminalId;
  readonly stream: StreamId;
  boot = 1;
  bootedAt: EpochMs;
  hallTime: HallTime = unheardHallTime(epochMs(0));
  readonly inputs: Input[] = [];
  session = 0;

  constructor(n: number, at: EpochMs) {
    this.terminal = terminalId(n);
    this.stream = StreamId.parse(uuid(900_000 + n));
    this.bootedAt = at;
  }

  mono(at: EpochMs) {
    return monoMs(at - this.bootedAt);
  }

  reboot(at: EpochMs): void {
    const { hallMs } = hallTimeAt(this.hallTime, this.mono(at));
    this.hallTime = unheardHallTime(hallMs);
    this.boot += 1;
    this.bootedAt = at;
  }

  present(n: number, at: EpochMs): Input {
    const payload = { type: "badge-presented", body: { badge: badge(n) } } as never;
    const input = inputOf(draftOf(payload, this.mono(at), this.hallTime), this.inputs.length + 1, this.boot);
    this.inputs.push(JSON.parse(JSON.stringify(input)) as Input);
    return present(this.inputs.at(-1), "input");
  }
}

/** A hall of two windows whose controller's box loses power, its clock, or both; true time is moved by hand. */
export class UnsetHall {
  readonly disk = new MemoryDisk();
  readonly windows: readonly Window[];
  now: EpochMs;
  /** Fed every commit as it comes, over all restarts. */
  readonly running = new AttendanceLedger();
  #box: Box | null = null;
  #process: Process | null = null;
  #boots = 0;

  constructor(moment: string) {
    this.now = epochMs(instant(moment));
    this.windows = [1, 2].map((n) => new Window(n, this.now));
  }

  get events(): HallEvent[] {
    return this.disk.records.map((record) => readEvent(record));
  }

  get engine(): HallEngine["engine"] {
    return present(this.#process, "a running controller").hall.engine;
  }

  /** The box has power; `right`: it knows the time. Otherwise it wakes in 1970. */
  power(isRight: boolean): void {
    this.#boots += 1;
    this.#box = { id: `boot-${this.#boots}`, bootedAt: this.now };
    this.#start(isRight ? this.now : NINETEEN_SEVENTY);
  }

  /** The mains are cut. */
  cut(): void {
    this.#process = null;
    this.#box = null;
  }

  /** The process dies and is back after a while; the box, and its clocks, live. */
  restart(afterMs: number): void {
    const { clock } = present(this.#process, "a running controller");
    this.#process = null;
    const wall = clock.now();
    this.now = epochMs(this.now + afterMs);
    this.#start(epochMs(wall + afterMs));
  }

  /** Time goes on to a moment, a tick each half minute. */
  go(moment: string | EpochMs): void {
    const at = typeof moment === "string" ? epochMs(instant(moment)) : moment;
    while (this.now < at) {
      const step = milliseconds(Math.min(30_000, at - this.now));
      this.now = epochMs(this.now + step);
      const process = this.#process;
      if (process === null) continue;
      process.clock.advance(step);
      this.tick();
    }
  }

  tick(): void {
    this.engine.submit({ type: "tick" }, () => {});
    this.#settle();
  }

  /** Somebody, or a time server, sets the clock. */
  setClock(at: EpochMs = this.now): void {
    present(this.#process, "a running controller").clock.setWall(at);
    this.tick();
    this.tick();
  }

  /** The clock is set while nobody looks. */
  setClockSilently(): void {
    present(this.#process, "a running controller").clock.setWall(this.now);
  }

  /** Badge n is held to the reader of window n; kept there until `send`. */
  tap(n: number, window = n): void {
    this.#window(window).present(n, this.now);
  }

  /** The window's terminal has a line to the controller for a moment, and sends whatever it kept. */
  send(n: number): void {
    const { hall, intake } = present(this.#process, "a running controller");
    const window = this.#window(n);
    const { terminal, stream, boot } = window;
    window.session += 1;
    const place = { stream, session: window.session, boot, tail: 1, head: window.inputs.length, done: 0, epochSeen: 0 };
    const birth = { v: 1, status: "online", firmware: "0.1.0", role: "counter", ...place } as const;
    hall.engine.submit({ type: "note-birth", terminalId: terminal, birth: { ...birth, devices: [] } }, () => {});
    this.#settle();
    const cursor = hall.engine.hall.cursors.get(`${terminal}/${stream}`) ?? 0;
    const inputs = window.inputs.slice(cursor);
    intake.answerBirth(terminal, { ...birth, devices: [] });
    if (inputs.length > 0) intake.receive(terminal, { v: 1, stream, boot, sentMonoMs: window.mono(this.now), inputs });
    this.#settle();
  }

  /** Every window's terminal finds the controller, and hears its time. */
  meet(): void {
    for (const n of this.windows.keys()) this.send(n + 1);
  }

  rebootTerminal(n: number): void {
    this.#window(n).reboot(this.now);
  }

  reported(): void {
    this.engine.submit({ type: "note-reported", untilMs: this.engine.time().at, excused: [] }, () => {});
    this.#settle();
  }

  /** What a reader of the log finds, as the keeper reads it after a start. */
  afresh(): AttendanceLedger {
    return ledgerOf(this.disk.records.filter(({ record }) => WANTED.test(record)).map((record) => readEvent(record)));
  }

  #window(n: number): Window {
    return present(this.windows[n - 1], "window");
  }

  #settle(): void {
    this.#process?.clock.advance(milliseconds(0));
    this.#process?.clock.advance(milliseconds(0));
  }

  #start(wall: EpochMs): void {
    const box = present(this.#box, "a box with power");
    const clock = new VirtualClock(wall);
    this.disk.crash();
    const store = openMemoryEventStore(this.disk);
    const random = new SeededRandom(this.disk.records.length + 1);
    const onFatal = (error: Error): never => {
      throw error;
    };
    const boot = { id: box.id, sinceMs: this.now - box.bootedAt };
    const hall = assembleHallEngine({ store, seal: NO_SEAL, clock, boot, random, log: silentLog, onFatal });
    hall.engine.onCommitted((events) => {
      for (const event of events) this.running.note(event);
    });
    const sendAck: Parameters<typeof createIntake>[0]["sendAck"] = (terminal, ack) => {
      const window = present(
        this.windows.find((one) => one.terminal === terminal),
        "window",
      );
      window.hallTime = hearHallTime(window.hallTime, epochMs(ack.now), window.mono(this.now), ack.clockTrusted);
    };
    const intake = createIntake({ engine: hall.engine, store, clock, log: silentLog, sendAck });
    this.#process = { clock, hall, intake };
    hall.engine.submit({ type: "start", version: "test", configuration: officeConfiguration() }, () => {});
    this.#settle();
    this.tick();
    this.tick();
  }
}

/** A person's sessions of these days, in words: state, counts, ends, and what a person should look at. */
export function verdictsOf(ledger: AttendanceLedger, n: number, from: string, to: string): string[] {
  const member = present(ledger.people()[n - 1], "member");
  const [first, last] = [from, to].map((day) => Math.floor(hallSecondsAt(instant(`${day}T00:00`)) / 86_400));
  const asOf = (last ?? 0) * 86_400 + 86_399;
  return ledger
    .sessions(member, { from: first ?? 0, to: last ?? 0 }, asOf)
    .map(({ session, state, late, early, absence, flags }) =>
      [session, state, `${late}${early}${absence}`, ...flags.filter((flag) => flag.startsWith("needs"))].join(" "),
    );
}
