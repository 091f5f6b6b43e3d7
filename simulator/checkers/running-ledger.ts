import { AttendanceLedger, dayNumber, type HallEvent, hallSecondsAt, type Tap } from "../../controller/index.ts";
import { epochMs } from "../../protocol/index.ts";
import { goneWithCards, goneWithQuota, goneWithRestores, hallTimeOff, stoodStill, streamsBegun } from "./allowances.ts";
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
const secondsAt = (atMs: number): number => hallSecondsAt(epochMs(Math.floor(atMs)), ZONE);
const clockOf = (atMs: number): string => new Date(atMs).toISOString().slice(11, 19);

/** The day on which every world plays. */
const TODAY = dayNumber("2026-03-02") ?? 0;
const DAY = { from: TODAY, to: TODAY };
/** A hall whose clock was stepped dates taps to other days. */
const EVER = [0, 2 * TODAY] as const;
/** Instants are kept in whole milliseconds. */
const ROUNDING_MS = 1;
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
  const { history } = evidence;
  const gone = goneWithCards(history).union(goneWithRestores(history)).union(goneWithQuota(history));
  const seen = tapsSeen(evidence);
  const vague = vaguePlaces(evidence);
  const begun = history.of("stream-begun");
  const isCarried = ({ terminalId, atMs }: InputEntry): boolean =>
    begun.some((stream) => stream.terminalId === terminalId && stream.atMs >= atMs);
  const violations: Violation[] = [];
  for (const member of ledger.people()) {
    const left = new Set(
      member
        .tapsBetween(...EVER)
        .filter(({ source }) => source === "badge")
        .map(placeOf),
    );
    const made = new Set(left);
    for (const { entry, person, event } of seen) {
      if (person !== member.id) continue;
      const { terminalId, stream, input, atMs } = entry;
      const where = `${person} at ${terminalId}, ${clockOf(atMs)}`;
      const place = event === null ? "" : placeOfEvent(terminalId, event);
      left.delete(place);
      if (!made.has(place) && !gone.has(inputKey(terminalId, stream, input.seq)) && !isCarried(entry))
        violations.push({ invariant: "ATT", detail: `a tap on a card is not in the ledger: ${where}` });
      if (event !== null) violations.push(...beyondDoubt(evidence, event, entry));
    }
    for (const place of left.difference(vague)) {
      violations.push({ invariant: "ATT", detail: `a tap in the ledger that nobody made: ${member.id} ${place}` });
    }
  }
  return violations;
}

const placeOf = ({ terminal, earliest, latest }: Tap): string => `${terminal} ${earliest} ${latest}`;
const placeOfEvent = (terminal: string, { occurredAtMs, occurredUntilMs }: HallEvent): string =>
  `${terminal} ${secondsAt(occurredAtMs)} ${secondsAt(occurredUntilMs)}`;

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
    return isVague ? [placeOfEvent(terminalId, event)] : [];
  });
  return new Set(places);
}

const isTapEvent = ({ type }: HallEvent): boolean => type === "badge.recorded" || type === "badge.noted";

/** A withdrawn card is still its owner's: the ledger shows what was done with it. */
const ownerOf = ({ staff }: Evidence["plan"], staffId: string, role: string): string =>
  role === "old-card" ? (staff[0]?.staffId ?? staffId) : staffId;

function beyondDoubt(evidence: Evidence, event: HallEvent, { atMs, terminalId }: InputEntry): Violation[] {
  const slack = hallTimeOff(evidence, event.seq) + stoodStill(evidence.history, terminalId, atMs) + ROUNDING_MS;
  const by = Math.max(event.occurredAtMs - atMs, atMs - event.occurredUntilMs);
  if (by <= slack) return [];
  const what = `${Math.round(by)} ms outside of what the hall says of it`;
  return [{ invariant: "ATT", detail: `seq ${event.seq}: a tap at ${terminalId}, ${clockOf(atMs)}, is ${what}` }];
}

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
