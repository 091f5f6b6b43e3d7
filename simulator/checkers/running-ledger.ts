import { AttendanceLedger, dayNumber, type HallEvent, hallSecondsAt, type Tap } from "../../controller/index.ts";
import { epochMs } from "../../protocol/index.ts";
import { knownSince } from "./guessed.ts";
import { goneForGood, hallTimeOff, stoodStill, streamsBegun } from "./allowances.ts";
import type { Checker, Evidence, Violation } from "./checker.ts";
import { inputKey, type InputEntry, inputsByKey, keyOfCause, storedAt } from "./timeline.ts";

/**
 * Attendance as the running hall keeps it. Its ledger is the fold of its log; it has every tap that the world saw
 * acknowledged, within the doubt that the hall states, and none that nobody made; and no session was settled while a
 * tap of it still lay in a terminal. Who tapped where and when comes from the world alone; which verdicts follow from
 * taps is the pure engine's on both sides, which the scenarios of the regulations prove.
 */
export const runningLedger: Checker = {
  name: "running-ledger",
  kind: "correctness",
  check(evidence) {
    const { final, plan } = evidence;
    if (plan.attendance === undefined || final.ledger === null) return [];
    return [
      ...unlikeItsLog(evidence, final.ledger),
      ...untrueTaps(evidence, final.ledger),
      ...settledTooSoon(evidence),
    ];
  },
};

/** Once everything is healed and every terminal has reported, what is over is settled. */
export const settles: Checker = {
  name: "settles",
  kind: "liveness",
  check({ plan, final, history, events }) {
    const healedAt = history.of("healed")[0]?.atMs;
    if (plan.attendance === undefined || healedAt === undefined || final.hall === null) return [];
    if (final.ledger === null) return [{ invariant: "ATT", detail: "the ledger has not caught up with its log" }];
    const { sessions, graceMs } = plan.attendance;
    const over = sessions.findLast(({ toMs }) => toMs + graceMs < healedAt);
    const timeOf = storedAt({ history });
    const late = events.filter(({ seq }) => timeOf(seq) >= healedAt);
    const isTrue = late.every(
      ({ seq, recordedAtMs, clock }) => clock === "trusted" && Math.abs(recordedAtMs - timeOf(seq)) < TRUE_WITHIN_MS,
    );
    if (over === undefined || !isTrue) return [];
    if (final.ledger.reportedUntil >= secondsAt(over.toMs)) return [];
    return [{ invariant: "ATT", detail: `the session that ended at ${clockOf(over.toMs)} is never settled` }];
  },
};

const ZONE = "Asia/Shanghai";
const TRUE_WITHIN_MS = 1_000;
/** The hall's own civil time, milliseconds. */
const hallMs = (atMs: number): number => secondsAt(atMs) * 1000 + (Math.floor(atMs) % 1000);
const secondsAt = (atMs: number): number => hallSecondsAt(epochMs(Math.floor(atMs)), ZONE);
const clockOf = (atMs: number): string => new Date(atMs).toISOString().slice(11, 19);

/** The day on which every world plays. */
const TODAY = dayNumber("2026-03-02") ?? 0;
const DAY = { from: TODAY, to: TODAY };
/** A hall whose clock was stepped dates taps to other days. */
const EVER = [0, 2 * TODAY] as const;
/** Instants are kept in whole milliseconds. */
const ROUNDING_MS = 1;
const DAY_S = 86_400;
const END_OF_DAY = (TODAY + 1) * 86_400;

function unlikeItsLog({ events }: Evidence, running: AttendanceLedger): Violation[] {
  const afresh = new AttendanceLedger();
  for (const event of events) if (event.seq <= running.position) afresh.note(event);
  const [has, folds] = [running, afresh].map((ledger) => ledger.people().map((member) => wordsOf(ledger, member)));
  const at = folds?.findIndex((words, index) => words !== has?.[index]) ?? -1;
  if (at === -1 && has?.length === folds?.length && running.reportedUntil === afresh.reportedUntil) return [];
  const person = afresh.people()[at]?.id ?? "somebody";
  return [{ invariant: "ATT", detail: `the running ledger is not the fold of its log: ${person}` }];
}

const wordsOf = (ledger: AttendanceLedger, member: ReturnType<AttendanceLedger["people"]>[number]): string =>
  JSON.stringify({ id: member.id, sessions: ledger.sessions(member, DAY, END_OF_DAY) });

interface SeenTap {
  readonly entry: InputEntry;
  readonly person: string;
  /** Null: not in the log. */
  readonly event: HallEvent | null;
}

function untrueTaps(evidence: Evidence, ledger: AttendanceLedger): Violation[] {
  const { history, events } = evidence;
  const gone = goneForGood(history);
  const seen = tapsSeen(evidence);
  const vague = vaguePlaces(evidence);
  const begun = history.of("stream-begun");
  const isCarried = ({ terminalId, atMs }: InputEntry): boolean =>
    begun.some((stream) => stream.terminalId === terminalId && stream.atMs >= atMs);
  const violations: Violation[] = [];
  for (const member of ledger.people()) {
    const kept = member.tapsBetween(...EVER).filter(({ source }) => source === "badge");
    const made = Map.groupBy(kept, placeOf);
    const left = new Set(made.keys());
    for (const { entry, person, event } of seen) {
      if (person !== member.id) continue;
      const { terminalId, stream, input, atMs } = entry;
      const where = `${person} at ${terminalId}, ${clockOf(atMs)}`;
      const place = event === null ? "" : placeIn(events, terminalId, event);
      left.delete(place);
      if (!made.has(place) && !gone.has(inputKey(terminalId, stream, input.seq)) && !isCarried(entry))
        violations.push({ invariant: "ATT", detail: `a tap on a card is not in the ledger: ${where}` });
      if (event !== null) violations.push(...beyondDoubt(evidence, event, entry, made.get(place) ?? []));
    }
    for (const place of left.difference(vague)) {
      violations.push({ invariant: "ATT", detail: `a tap in the ledger that nobody made: ${member.id} ${place}` });
    }
  }
  return violations;
}

const placeOf = ({ terminal, earliest, latest, guessedAt }: Tap): string =>
  guessedAt === undefined ? `${terminal} ${earliest} ${latest}` : movedFrom(terminal, guessedAt);

/** Of one that was moved it is known where it stood first, and no more. */
const movedFrom = (terminal: string, guessedAt: number): string => `${terminal} moved from ${guessedAt}`;

function placeIn(events: readonly HallEvent[], terminal: string, event: HallEvent): string {
  const [from, to] = [secondsAt(event.occurredAtMs), secondsAt(event.occurredUntilMs)];
  if (knownSince(events, event) === event.seq) return `${terminal} ${from} ${to}`;
  return movedFrom(terminal, to - from > DAY_S ? to : from); // Who never heard the time speaks for one day.
}

/** Every tap that lies, or lay, on a card, with whose badge it was. A seq of two meanings tells nothing. */
function tapsSeen({ history, events, plan }: Evidence): SeenTap[] {
  const owners = new Map(
    plan.staff.map(({ digest, staffId, role }) => [digest as string, ownerOf(plan, staffId, role)]),
  );
  const noted = new Map(events.filter(isTapEvent).map((event) => [keyOfCause(event) ?? "", event]));
  return [...inputsByKey(history)].flatMap(([key, entries]): SeenTap[] => {
    const [entry] = entries;
    if (entry === undefined || entries.length > 1 || entry.input.type !== "badge-presented") return [];
    const { badge } = entry.input.body;
    const person = typeof badge === "string" ? owners.get(badge) : undefined;
    return person === undefined ? [] : [{ entry, person, event: noted.get(key) ?? null }];
  });
}

/**
 * Of taps whose seq a lying card has given out twice, or which their terminal carried over into the stream that it then
 * began: nobody can say which of the world's they are.
 */
function vaguePlaces({ history, events }: Evidence): ReadonlySet<string> {
  const inputs = inputsByKey(history);
  const begun = streamsBegun(history);
  const places = events.flatMap((event) => {
    if (!isTapEvent(event) || event.cause.kind !== "input") return [];
    const { terminalId, stream } = event.cause;
    const meanings = inputs.get(keyOfCause(event) ?? "")?.length ?? 0;
    const isVague = meanings > 1 || (meanings === 0 && begun.has(`${terminalId}/${stream}`));
    return isVague ? [placeIn(events, terminalId, event)] : [];
  });
  return new Set(places);
}

const isTapEvent = ({ type }: HallEvent): boolean => type === "badge.recorded" || type === "badge.noted";

/** A withdrawn card is still its owner's: the ledger shows what was done with it. */
const ownerOf = ({ staff }: Evidence["plan"], staffId: string, role: string): string =>
  role === "old-card" ? (staff[0]?.staffId ?? staffId) : staffId;

/** `taps`: what has become of it, where that is no more what its event says. */
function beyondDoubt(
  evidence: Evidence,
  event: HallEvent,
  { atMs, terminalId }: InputEntry,
  taps: readonly Tap[],
): Violation[] {
  const slack =
    hallTimeOff(evidence, knownSince(evidence.events, event)) +
    stoodStill(evidence.history, terminalId, atMs) +
    ROUNDING_MS;
  const moved = taps.filter(({ guessedAt }) => guessedAt !== undefined);
  const said = Math.max(event.occurredAtMs - atMs, atMs - event.occurredUntilMs);
  const by = moved.length === 0 ? said : Math.min(...moved.map((tap) => outside(tap, hallMs(atMs))));
  if (by <= slack) return [];
  const what = `${Math.round(by)} ms outside of what the hall says of it`;
  return [{ invariant: "ATT", detail: `seq ${event.seq}: a tap at ${terminalId}, ${clockOf(atMs)}, is ${what}` }];
}

/** Milliseconds; below 0 within. A tap is known to the second. */
const outside = ({ earliest, latest }: Tap, atHallMs: number): number =>
  Math.max(earliest * 1000 - atHallMs, atHallMs - (latest + 1) * 1000);

/** Principle 5: nobody is absent while a tap may still lie in a terminal. */
function settledTooSoon(evidence: Evidence): Violation[] {
  const { events } = evidence;
  const seen = tapsSeen(evidence);
  return events.flatMap((reported): Violation[] => {
    if (reported.type !== "attendance.reported") return [];
    const { untilMs } = reported.data;
    const known = new Set(
      events.flatMap((event) =>
        event.type === "terminal.born" && event.seq < reported.seq ? event.data.terminalId : [],
      ),
    );
    return seen.flatMap(({ entry, event }) => {
      const { terminalId, atMs } = entry;
      if (event === null || event.seq < reported.seq || !known.has(terminalId)) return [];
      if (atMs + hallTimeOff(evidence, event.seq) > untilMs) return [];
      const what = `${clockOf(untilMs)} was settled before the tap of seq ${event.seq} at ${terminalId}`;
      return [{ invariant: "ATT", detail: `seq ${reported.seq}: ${what}` }];
    });
  });
}
