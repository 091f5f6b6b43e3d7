import {
  type Ack,
  type HallError,
  type Input,
  type Log,
  type LogFields,
  ServiceId,
  StreamId,
  TerminalId,
  TicketId,
  type UpEnvelope,
} from "../../../../protocol/index.ts";
import type { Order } from "../../../../controller/core/commands.ts";
import { emptyHall, type HallState } from "../../../../controller/core/state.ts";
import type { Engine, EngineOptions, Outcome } from "../../../../controller/engine/engine.ts";
import { createEngine } from "../../../../controller/engine/single-writer.ts";
import { createIntake, type Intake } from "../../../../controller/engine/intake.ts";
import { MemoryDisk, openMemoryEventStore } from "../../../../controller/engine/memory-event-store.ts";
import type { EventStore } from "../../../../controller/engine/ports.ts";
import { readEvent } from "../../../../controller/engine/upcast.ts";
import { SeededRandom } from "../../../support/seeded-random.ts";
import { VIRTUAL_START, VirtualClock } from "../../../support/virtual-clock.ts";
import { toyDecide, toyEvolve } from "./toy-hall.ts";

export const TERMINAL = TerminalId.parse("counter-1");
export const STREAM = StreamId.parse("00000000-0000-4000-8000-000000000001");
export const OTHER_TERMINAL = TerminalId.parse("counter-2");
export const OTHER_STREAM = StreamId.parse("00000000-0000-4000-8000-000000000002");
/** The toy hall knows births by heart. */
const BORN = [
  [TERMINAL, STREAM],
  [OTHER_TERMINAL, OTHER_STREAM],
] as const;
const TICKET = TicketId.parse("00000000-0000-4000-8000-0000000000aa");

export interface LogLine {
  readonly level: keyof Log;
  readonly event: string;
  readonly fields: LogFields;
}

/** An engine and its intake on the toy hall, in virtual time, with everything they said. */
export interface EngineRig {
  readonly clock: VirtualClock;
  readonly disk: MemoryDisk;
  readonly store: EventStore;
  readonly engine: Engine;
  readonly intake: Intake;
  readonly acks: Ack[];
  readonly fatal: HallError[];
  readonly lines: LogLine[];
  /** Appends that reached the store. */
  readonly appends: { count: number };
}

export function openRig(
  disk = new MemoryDisk(),
  clock = new VirtualClock(),
  changes: Partial<EngineOptions> = {},
): EngineRig {
  const appends = { count: 0 };
  const store = counting(openMemoryEventStore(disk), appends);
  const [acks, fatal, lines]: [Ack[], HallError[], LogLine[]] = [[], [], []];
  const log = recordingLog(lines);
  const engine = createEngine({
    store,
    clock,
    log,
    random: new SeededRandom(1),
    decide: toyDecide,
    evolve: toyEvolve,
    hall: foldOf(store),
    onFatal: (error) => void fatal.push(error),
    ...changes,
  });
  const intake = createIntake({ engine, store, clock, log, sendAck: (_terminal, ack) => void acks.push(ack) });
  return { clock, disk, store, engine, intake, acks, fatal, lines, appends };
}

export function foldOf(store: EventStore): HallState {
  const hall = emptyHall();
  for (const [terminalId, stream] of BORN) {
    const seen = { online: true, session: 1, firmware: "0.1.0", sinceMs: VIRTUAL_START };
    hall.terminals.set(terminalId, { terminalId, stream, ...seen });
  }
  for (const stored of store.read(1, Number.MAX_SAFE_INTEGER)) toyEvolve(hall, readEvent(stored));
  return hall;
}

function counting(store: EventStore, appends: { count: number }): EventStore {
  const append = store.append.bind(store);
  store.append = (batch) => {
    appends.count += 1;
    append(batch);
  };
  return store;
}

export function recordingLog(lines: LogLine[]): Log {
  const at =
    (level: keyof Log) =>
    (event: string, fields: LogFields = {}): void =>
      void lines.push({ level, event, fields });
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** An order of the toy hall: service "none" and "first-only" may be refused, any other makes one event. */
export const orderFor = (service = "tax"): Order => ({
  type: "issue-ticket",
  serviceId: ServiceId.parse(service),
  ticketId: TICKET,
});

/** Submits one order per service and returns the list into which the outcomes go, in the order of answering. */
export function submitAll(engine: Engine, services: readonly string[]): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const service of services) engine.submit(orderFor(service), (outcome) => void outcomes.push(outcome));
  return outcomes;
}

export function input(seq: number, changes: Partial<Input> = {}): Input {
  const hallMs = VIRTUAL_START + seq;
  return { v: 1, seq, boot: 1, kind: "fact", type: "tap", monoMs: seq, hallMs, synced: true, body: {}, ...changes };
}

export function envelope(inputs: readonly Input[], stream = STREAM): UpEnvelope {
  return { v: 1, stream, boot: 1, sentMonoMs: 1_000, inputs: [...inputs] };
}
