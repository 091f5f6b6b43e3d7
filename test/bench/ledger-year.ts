import { completedHall } from "../../controller/adapters/policies/hall-policy.ts";
import { openEventStore } from "../../controller/adapters/store/sqlite-event-store.ts";
import { HallConfiguration } from "../../controller/core/configuration.ts";
import { dateOf, dayNumber } from "../../controller/core/attendance/hall-time.ts";
import type { EventDraft, HallEvent } from "../../controller/core/events.ts";
import { chainHash, GENESIS, recordOf } from "../../controller/engine/chain.ts";
import type { LogReader, LogRecord } from "../../controller/engine/ports.ts";
import { readEvent } from "../../controller/engine/upcast.ts";
import { WANTED } from "../../controller/office/wanted-events.ts";
import { AttendanceLedger } from "../../controller/projections/attendance/attendance-ledger.ts";
import { systemClock } from "../../hardware/system/system-clock.ts";
import { type DurationMs, elapsed, epochMs, type EpochMs, present } from "../../protocol/index.ts";
import { SeededRandom } from "../support/seeded-random.ts";
import { clerkBadge, clerkName, hallOf, terminalName } from "./bench-hall.ts";

/** A year of a hall as its log has it: everybody signs on and off twice a day, some late, some forgetting a tap. */
export interface LedgerYear {
  readonly people: number;
  readonly days: number;
}

const FIRST_DAY = present(dayNumber("2024-12-30"), "a Monday");
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Shanghai's. */
const OFFSET_MS = 8 * HOUR_MS;
const SPREAD_MS = 20 * MINUTE_MS;
const FORGOTTEN = 0.02;
const DUE = [
  { hour: 8, effect: "sign-on" },
  { hour: 12.3, effect: "sign-off" },
  { hour: 14.5, effect: "sign-on" },
  { hour: 18.3, effect: "sign-off" },
] as const;
const REPORTED_HOURS = [12.8, 18.8] as const;
const COMMIT_RECORDS = 5_000;
const WEEK_DAYS = 7;
const WORKING_DAYS = 5;

const dayAt = (index: number): number =>
  FIRST_DAY + Math.floor(index / WORKING_DAYS) * WEEK_DAYS + (index % WORKING_DAYS);
const instantOf = (day: number, ms: number): EpochMs => epochMs(day * DAY_MS - OFFSET_MS + Math.round(ms));

/** Writes it as a store has it, chained; seq of its last event. */
export function writeLedgerYear(directory: string, { people, days }: LedgerYear): number {
  const store = openEventStore(directory);
  const random = new SeededRandom(1);
  let [head, waiting]: [typeof GENESIS, LogRecord[]] = [GENESIS, []];
  const write = (draft: Pick<EventDraft, "type" | "data">, at: EpochMs, terminal: number | null): void => {
    const event = eventOf(draft, at, head.seq + 1, terminal);
    const record = recordOf(event);
    head = { seq: event.seq, hash: chainHash(head.hash, record) };
    waiting.push({ ...head, record });
    if (waiting.length < COMMIT_RECORDS) return;
    store.append({ records: waiting, keys: [] });
    waiting = [];
  };
  const configuration = yearsHall(directory, people);
  write({ type: "hall.configured", data: { configuration } }, instantOf(FIRST_DAY, 6 * HOUR_MS), null);
  for (let index = 0; index < days; index += 1) writeDay(dayAt(index), people, random, write);
  store.append({ records: waiting, keys: [] });
  store.close();
  return head.seq;
}

type Write = (draft: Pick<EventDraft, "type" | "data">, at: EpochMs, terminal: number | null) => void;

function writeDay(day: number, people: number, random: SeededRandom, write: Write): void {
  for (const [part, { hour, effect }] of DUE.entries()) {
    for (let n = 1; n <= people; n += 1) {
      const at = instantOf(day, hour * HOUR_MS + (random.next() - 0.7) * SPREAD_MS);
      if (random.next() < FORGOTTEN) continue;
      const who = { counterId: String(n), staffId: clerkName(n) };
      write({ type: "badge.recorded", data: { ...who, badge: clerkBadge(n), effect } } as EventDraft, at, n);
      const [type, more] = effect === "sign-on" ? ["staff.signed-on", { coverFor: null }] : ["staff.signed-off", {}];
      write({ type, data: { ...who, ...more } } as EventDraft, at, n);
    }
    if (part % 2 === 0) continue;
    const reported = instantOf(day, (REPORTED_HOURS[(part - 1) / 2] ?? 0) * HOUR_MS);
    write({ type: "attendance.reported", data: { untilMs: reported, excused: [] } }, reported, null);
  }
}

/** As the engine would have recorded it of a terminal's input, or of the clock. */
function eventOf(
  draft: Pick<EventDraft, "type" | "data">,
  at: EpochMs,
  seq: number,
  terminal: number | null,
): HallEvent {
  const { data } = draft;
  const stream = "6f1c1b0e-7c1f-4c5e-9a57-0c1d5a2b3c4d";
  return {
    ...draft,
    actor:
      terminal === null ? { kind: "controller" } : { kind: "staff", staffId: (data as { staffId: string }).staffId },
    correlation: null,
    seq,
    schemaVersion: 1,
    occurredAtMs: at,
    occurredUntilMs: at,
    recordedAtMs: at,
    clock: "trusted",
    cause: terminal === null ? { kind: "clock" } : { kind: "input", terminalId: terminalName(terminal), stream, seq },
  } as unknown as HallEvent;
}

function yearsHall(directory: string, people: number): HallConfiguration {
  const hall = hallOf({ counters: people, zone: "Asia/Shanghai", sessions: [{ from: "08:00", to: "17:30" }] });
  const attendance = {
    policy: "county",
    settings: { summer: { from: "06-01", to: "09-30" } },
    from: dateOf(FIRST_DAY),
  };
  return completedHall(HallConfiguration.parse({ ...hall, attendance }), directory);
}

export interface LedgerPace {
  readonly sessions: number;
  /** Only read and parsed: the least that a fold of this log can take. */
  readonly readMs: DurationMs;
  /** From the first record read to the last verdict. */
  readonly coldMs: DurationMs;
  /** One tap more and its person's year again; each. */
  readonly againMs: readonly DurationMs[];
}

const AGAIN = 200;

/** A ledger from cold, as a controller that has started makes it, and one tap more. */
export function measureLedger(store: Pick<LogReader, "read">, { people, days }: LedgerYear): LedgerPace {
  const span = { from: FIRST_DAY, to: dayAt(days - 1) };
  const asOf = (span.to + 1) * (DAY_MS / 1000);
  const began = systemClock.mono();
  for (const { record } of store.read(1, Number.MAX_SAFE_INTEGER)) if (WANTED.test(record)) JSON.parse(record);
  const readAt = systemClock.mono();
  const ledger = new AttendanceLedger();
  for (const { seq, record } of store.read(1, Number.MAX_SAFE_INTEGER))
    if (WANTED.test(record)) ledger.note(readEvent({ seq, record, hash: "" }));
  let sessions = 0;
  for (const member of ledger.people()) sessions += ledger.sessions(member, span, asOf).length;
  const coldMs = elapsed(readAt, systemClock.mono());
  const againMs = Array.from({ length: AGAIN }, (_, index) => {
    const n = 1 + (index % people);
    const at = instantOf(dayAt(index % days), 9 * HOUR_MS);
    const data = { counterId: String(n), staffId: clerkName(n), badge: clerkBadge(n), effect: "recorded-repeat" };
    const tap = eventOf({ type: "badge.recorded", data } as unknown as EventDraft, at, ledger.position + 1, n);
    const member = present(ledger.member(clerkName(n)), `clerk ${n}`);
    const before = systemClock.mono();
    ledger.note(tap);
    ledger.sessions(member, span, asOf);
    return elapsed(before, systemClock.mono());
  });
  return { sessions, readMs: elapsed(began, readAt), coldMs, againMs };
}
