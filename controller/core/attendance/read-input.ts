import { accepted, HallError, type Json, refused, type Result } from "../../../protocol/index.ts";
import { secondsOfDay } from "../policy/session-hours.ts";
import { issueFault } from "../policy/zod-fault.ts";
import type { AttendanceFacts, Finding, Leave, Person, Shift, Tap } from "./facts.ts";
import { DAY_S, dayNumber, type DayNumber, type HallSeconds, hallSeconds, startOf } from "./hall-time.ts";
import { AttendanceInput, type LeaveInput, type TapInput } from "./input-schema.ts";
import type { CalendarTable } from "./work-calendar.ts";

/** What was asked, as plain values; the policy is still to be looked up. */
export interface AttendanceRequest {
  readonly policy: AttendanceInput["policy"];
  readonly settings: Json;
  readonly calendar: CalendarTable;
  readonly facts: AttendanceFacts;
}

/** One thing that does not fit: stable code, where, why. */
export interface InputFault {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

const RANGE_DAYS_MAX = 1200;

/** Reads the file of `hallward attendance derive`, or says what in it does not fit. */
export function readAttendanceInput(file: unknown): Result<AttendanceRequest, InputFault> {
  const parsed = AttendanceInput.safeParse(file);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue !== undefined) return refused(issueFault(issue, [], "INPUT_MALFORMED"));
  }
  if (!parsed.success) return refused({ code: "INPUT_MALFORMED", path: "", message: "not an attendance file" });
  try {
    return accepted(requestOf(parsed.data));
  } catch (thrown) {
    if (thrown instanceof HallError) return refused(faultOf(thrown));
    throw thrown;
  }
}

const faultOf = ({ code, message, context }: HallError): InputFault => ({
  code,
  path: String(context["path"] ?? ""),
  message,
});

function refuse(code: string, path: string, message: string): never {
  throw new HallError(code, message, { path });
}

function requestOf(input: AttendanceInput): AttendanceRequest {
  const people = peopleOf(input);
  const known = new Set(people.map(({ id }) => id));
  const substitutes = new Set(input.leave.flatMap(({ substitute }) => (substitute === null ? [] : [substitute])));
  const member = (id: string, path: string): string =>
    known.has(id) ? id : refuse("PERSON_UNKNOWN", path, `"${id}" is not among people`);
  const tapper = (id: string, path: string): string => (substitutes.has(id) ? id : member(id, path));
  const range = rangeOf(input);
  const asOf = input.asOf === undefined ? startOf(range.to) + DAY_S : moment(input.asOf, "asOf");
  const reported = input.terminals.map((entry, at) => moment(entry.reportedUntil, `terminals[${at}].reportedUntil`));
  return {
    policy: input.policy,
    settings: input.settings,
    calendar: calendarOf(input),
    facts: {
      people,
      range,
      asOf,
      reportedUntil: Math.min(asOf, ...reported),
      ...(input.inUseSince !== undefined && { inUseSince: moment(input.inUseSince, "inUseSince") }),
      taps: [...input.taps.map((tap, at) => tapOf(tap, `taps[${at}]`, tapper)), ...correctionsOf(input, member)],
      leave: input.leave.map((leave, at) => leaveOf(leave, `leave[${at}]`, member)),
      lunchDuty: input.lunchDuty.map((entry, at) => datedOf(entry, `lunchDuty[${at}]`, member)),
      findings: input.findings.map((finding, at) => findingOf(finding, `findings[${at}]`, member)),
      roster: rosterOf(input, member),
      warnings: input.warnings.map((entry, at) => datedOf(entry, `warnings[${at}]`, member)),
    },
  };
}

type Member = (id: string, path: string) => string;

function day(date: string, path: string): DayNumber {
  return dayNumber(date) ?? refuse("DATE_INVALID", path, `"${date}" is not a date of the calendar (YYYY-MM-DD)`);
}

function moment(text: string, path: string): HallSeconds {
  const at = hallSeconds(text.length === 16 ? `${text}:00` : text);
  return at ?? refuse("MOMENT_INVALID", path, `"${text}" is not a moment of hall time (YYYY-MM-DDTHH:MM:SS)`);
}

function peopleOf({ people }: AttendanceInput): Person[] {
  const seen = new Set<string>();
  return people.map(({ id, from, until }, at) => {
    const path = `people[${at}]`;
    if (seen.has(id)) refuse("PERSON_TWICE", `${path}.id`, `"${id}" stands there twice`);
    seen.add(id);
    const first = from === undefined ? null : day(from, `${path}.from`);
    const last = until === undefined ? null : day(until, `${path}.until`);
    if (first !== null && last !== null && last < first) refuse("POSTING_REVERSED", path, "ends before it starts");
    return { id, from: first, until: last };
  });
}

function rangeOf({ range }: AttendanceInput): { from: DayNumber; to: DayNumber } {
  const [from, to] = [day(range.from, "range.from"), day(range.to, "range.to")];
  if (to < from) refuse("RANGE_REVERSED", "range", "ends before it starts");
  if (to - from >= RANGE_DAYS_MAX) refuse("RANGE_TOO_LONG", "range", `is longer than ${RANGE_DAYS_MAX} days`);
  return { from, to };
}

function calendarOf({ calendar }: AttendanceInput): CalendarTable {
  const rest = new Set(calendar.rest.map((date, at) => day(date, `calendar.rest[${at}]`)));
  const work = new Set<DayNumber>();
  for (const [at, date] of calendar.work.entries()) {
    const worked = day(date, `calendar.work[${at}]`);
    if (rest.has(worked)) refuse("CALENDAR_CONTRADICTS", `calendar.work[${at}]`, `${date} is also a rest day (HRS-10)`);
    work.add(worked);
  }
  return { rest, work };
}

function tapOf(tap: TapInput, path: string, tapper: Member): Tap {
  const at = moment(tap.at, `${path}.at`);
  const doubt = Math.ceil(tap.uncertaintyS);
  return {
    person: tapper(tap.person, `${path}.person`),
    at,
    earliest: at - doubt,
    latest: at + doubt,
    direction: tap.direction,
    terminal: tap.terminal,
    role: tap.role,
    badge: tap.badge,
    source: "badge",
  };
}

/** An approved correction adds a tap; it never changes one. */
function correctionsOf({ corrections }: AttendanceInput, member: Member): Tap[] {
  return corrections.flatMap(({ person, at: claimed, direction, state }, index) => {
    const path = `corrections[${index}]`;
    const at = moment(claimed, `${path}.at`);
    const id = member(person, `${path}.person`);
    if (state !== "approved") return [];
    const sure = { earliest: at, latest: at, terminal: "", role: null, badge: "valid" as const };
    return [{ person: id, at, direction, ...sure, source: "correction" as const }];
  });
}

function leaveOf(leave: LeaveInput, path: string, member: Member): Leave {
  const [from, to] = [moment(leave.from, `${path}.from`), moment(leave.to, `${path}.to`)];
  if (to <= from) refuse("LEAVE_REVERSED", path, `ends (${leave.to}) before it starts (${leave.from})`);
  const person = member(leave.person, `${path}.person`);
  if (leave.substitute === person)
    refuse("SUBSTITUTE_SELF", `${path}.substitute`, `"${person}" stands in for themselves`);
  const optional = (text: string | null, key: string) => (text === null ? null : moment(text, `${path}.${key}`));
  const returnedAt = optional(leave.returnedAt, "returnedAt");
  if (returnedAt !== null && returnedAt < from)
    refuse("LEAVE_REVERSED", `${path}.returnedAt`, `returned (${leave.returnedAt}) before it starts (${leave.from})`);
  return {
    person,
    from,
    to,
    kind: leave.kind,
    state: leave.state,
    requestedAt: optional(leave.requestedAt, "requestedAt"),
    special: leave.special,
    certificate: leave.certificate,
    substitute: leave.substitute,
    returnedAt,
  };
}

const datedOf = ({ person, date }: { person: string; date: string }, path: string, member: Member) => ({
  person: member(person, `${path}.person`),
  day: day(date, `${path}.date`),
});

function findingOf(finding: AttendanceInput["findings"][number], path: string, member: Member): Finding {
  return {
    kind: finding.kind,
    day: day(finding.date, `${path}.date`),
    session: finding.session,
    persons: finding.persons.map((id, at) => member(id, `${path}.persons[${at}]`)),
    voids: finding.void.map(({ person, at }, index) => ({
      person: member(person, `${path}.void[${index}].person`),
      at: moment(at, `${path}.void[${index}].at`),
    })),
  };
}

function rosterOf({ roster }: AttendanceInput, member: Member): AttendanceFacts["roster"] {
  const seen = new Set<string>();
  return roster.map((entry, at) => {
    const path = `roster[${at}]`;
    const dated = datedOf(entry, path, member);
    const key = `${dated.person} ${dated.day}`;
    if (seen.has(key)) refuse("SHIFTS_OVERLAP", path, `${dated.person} has another roster for ${entry.date}`);
    seen.add(key);
    return { ...dated, shifts: shiftsOf(entry.shifts, path) };
  });
}

function shiftsOf(spans: readonly (readonly [string, string])[], path: string): Shift[] {
  const shifts = spans.map(([from, to]) => ({ fromS: secondsOfDay(from), toS: secondsOfDay(to) }));
  for (const [at, { fromS, toS }] of shifts.entries()) {
    const former = shifts[at - 1];
    if (toS <= fromS) refuse("SHIFT_REVERSED", `${path}.shifts[${at}]`, "ends before it starts");
    if (former !== undefined && fromS < former.toS) {
      refuse("SHIFTS_OVERLAP", `${path}.shifts[${at}]`, "starts before the one before it ends");
    }
  }
  return shifts;
}
