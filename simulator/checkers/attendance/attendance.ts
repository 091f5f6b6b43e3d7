import {
  AttendanceLedger,
  deriveDay,
  type HallEvent,
  type HallSeconds,
  instantOf,
  type SessionVerdict,
  type Tap,
} from "../../../controller/index.ts";
import { present } from "../../../protocol/index.ts";
import type { Checker, Violation } from "../checker.ts";
import { type JudgedDay, judgedDayOf } from "./judged-day.ts";
import { type KnownTap, knownTaps, tapOf } from "./known-taps.ts";

/** Seconds: a hall whose clock was further off says nothing about who came when, and states so on every event. */
const CLOCK_LOST_S = 900;
const DAY_S = 86_400;

/**
 * Attendance derived from the log equals attendance known to the world, within the stated doubt: nobody is late, early
 * or absent whom the world saw there in time, and nobody is spared beyond the doubt that the hall itself states.
 *
 * Both sides are judged by the same pure engine, which the scenarios of the regulations prove. What is compared is what
 * it is fed: here the world's own instants, there the ledger's taps. The hall keeps no attendance while the world is
 * played (it changes no press); the ledger reads its log as a hall's that does.
 */
export const attendance: Checker = {
  name: "attendance",
  kind: "correctness",
  check(evidence) {
    const judged = judgedDayOf(evidence.plan);
    const taps = judged === null ? null : knownTaps(evidence);
    if (judged === null || taps === null || taps.some(({ slackS }) => slackS > CLOCK_LOST_S)) return [];
    return sessionsOf(evidence.events, judged, taps).flatMap(complaint);
  },
};

/** One person's session thrice: as the hall has it, and between which two judgements it must lie. */
export interface JudgedSession {
  readonly hall: SessionVerdict;
  readonly worst: SessionVerdict;
  readonly best: SessionVerdict;
  /** The hall began in the middle of it: nobody's arrival is asked for. */
  readonly wasUnderWay: boolean;
}

export function sessionsOf(
  events: readonly HallEvent[],
  judged: JudgedDay,
  taps: readonly KnownTap[],
): JudgedSession[] {
  const asOf = judged.day * DAY_S + judged.asOfS;
  const ledger = ledgerOf(events, judged, asOf);
  const { inUseSince } = ledger;
  const wasUnderWay = judged.day * DAY_S + judged.fromS < inUseSince;
  const rules = present(ledger.rulesOn(judged.day), "rules of the judged day");
  const of = Map.groupBy(taps, ({ person }) => person);
  return ledger.people().flatMap((member) => {
    const own = of.get(member.id) ?? [];
    if (own.some((tap) => isAtEdge(tap, judged) || isTappedOver(tap, own))) return [];
    const judge = (favour: "worst" | "best"): SessionVerdict | undefined => {
      const list = own.map((tap) => tapOf(tap, judged.day, favour)).toSorted((a, b) => a.at - b.at);
      const facts = { ...NOTHING, person: personOf(member.id), taps: new Map([[judged.day, list]]) };
      const others = { tapsOf: () => NO_TAPS, findingsOf: () => [], inUseSince };
      return deriveDay({ ...rules, asOf, reportedUntil: asOf, ...others }, facts, judged.day)[0];
    };
    const [hall] = ledger.sessions(member, { from: judged.day, to: judged.day }, asOf);
    const [worst, best] = [judge("worst"), judge("best")];
    return hall === undefined || worst === undefined || best === undefined ? [] : [{ hall, worst, best, wasUnderWay }];
  });
}

/**
 * An arrival a moment before a session's end is for this one, a moment later for the next; who comes back then was away
 * within it, or over the break; a badge without a direction belongs to the nearer end, over noon to the nearer half.
 * Where the clocks leave that open, world and hall may judge two different sessions.
 */
function isAtEdge({ direction, trueS, slackS }: KnownTap, { fromS, toS, asOfS }: JudgedDay): boolean {
  const edges = { in: [toS], out: [fromS], "leave-post": [fromS, toS], return: [fromS, toS] };
  const own = direction === null ? [(fromS + toS) / 2, asOfS] : edges[direction];
  return own.some((edge) => Math.abs(trueS - edge) <= slackS);
}

/** Taps are facts to the second: a badge right after a going out or coming back may count before it. */
const isTappedOver = ({ direction, trueS }: KnownTap, all: readonly KnownTap[]): boolean =>
  (direction === "leave-post" || direction === "return") &&
  all.some((other) => other.trueS > trueS && other.trueS - trueS <= 1);

const NO_TAPS: ReadonlyMap<number, readonly Tap[]> = new Map();
const NOTHING = { leave: [], lunchDuty: new Set<number>(), roster: new Map(), findings: [], warnings: [] } as const;
const personOf = (id: string) => ({ id, from: null, until: null });

/** As the world ends every window has reported, with an empty journal: the other checkers see to that. */
function ledgerOf(events: readonly HallEvent[], { configuration }: JudgedDay, asOf: HallSeconds): AttendanceLedger {
  const ledger = new AttendanceLedger();
  for (const event of events) {
    ledger.note(event.type === "hall.configured" ? { ...event, data: { ...event.data, configuration } } : event);
  }
  const last = events.at(-1);
  if (last === undefined) return ledger;
  const data = { untilMs: instantOf(asOf, configuration.zone), excused: [] };
  ledger.note({ ...last, seq: last.seq + 1, type: "attendance.reported", data });
  return ledger;
}

/** Of one that counts: more than any number of seconds within a session. */
const COUNTED_S = 10_000;

/** From best to worst: seconds, what counts as late or early, and absence above all. */
const weightOf = ({ absence, late, early, lateS, earlyS }: SessionVerdict, withSeconds: boolean): number =>
  absence > 0 ? DAY_S : (withSeconds ? lateS + earlyS : 0) + (late + early) * COUNTED_S;

/**
 * Seconds are compared where the windows have said what each end was. Of badges without a direction the engine takes
 * the milder reading by what counts, and two that count alike may differ in seconds.
 */
const isSaid = ({ inferred }: SessionVerdict): boolean => inferred.length === 0;
const hasSameEnds = (a: SessionVerdict, b: SessionVerdict): boolean =>
  (a.in === null) === (b.in === null) && (a.out === null) === (b.out === null);

function complaint({ hall, worst, best, wasUnderWay }: JudgedSession): Violation[] {
  const withSeconds = [worst, best].every((seen) => isSaid(seen) && hasSameEnds(hall, seen)) && isSaid(hall);
  const [has = 0, most = 0, least = 0] = [hall, worst, best].map((verdict) => weightOf(verdict, withSeconds));
  // Where no arrival is asked for, a badge from before the first record, of unknown age, may be anybody's leaving.
  if (has <= most && (has >= least || wasUnderWay)) return [];
  const what = has > most ? "worse than" : "spared beyond doubt of";
  const detail = `${hall.person}: ${brief(hall)}, ${what} what the world saw: ${brief(best)} to ${brief(worst)}`;
  return [{ invariant: "ATT", detail }];
}

const brief = ({ state, lateS, earlyS }: SessionVerdict): string =>
  `${state}${lateS > 0 ? ` late ${Math.round(lateS)} s` : ""}${earlyS > 0 ? ` early ${Math.round(earlyS)} s` : ""}`;
