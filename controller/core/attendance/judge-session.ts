import { reaches } from "../policy/bound.ts";
import type { Policy } from "../policy/policy.ts";
import { DOUBT_REVIEWED_S, doubtOf, isHeld } from "./doubt.ts";
import type { Leave } from "./facts.ts";
import type { HallSeconds } from "./hall-time.ts";
import type { Outing } from "./outings.ts";
import { type Expected, isMilder, judgePunctuality, pointsOf, type Punctuality } from "./punctuality.ts";
import type { Rulebook } from "./rulebook.ts";
import { type InAndOut, readingsOf, type SlotTap } from "./tap-slots.ts";
import type { Slot } from "./timetable.ts";
import type { Flag, SessionVerdict } from "./verdict.ts";

/** All that one session of one person is judged by. */
export interface SessionCase {
  readonly policy: Policy;
  readonly book: Rulebook;
  readonly person: string;
  readonly day: number;
  readonly slot: Slot;
  readonly expected: Expected;
  readonly taps: readonly SlotTap[];
  readonly outings: readonly Outing[];
  /** The sessions before this one on the same day, as they were moved: an outing may begin there. */
  readonly earlier: readonly Expected[];
  /** Where leave allows to be away. */
  readonly permits: readonly Leave[];
  /** Rules of a leave that was refused, or did not take effect, or was not reported back from. */
  readonly ifAbsent: readonly string[];
  readonly flags: readonly Flag[];
  readonly proxy: boolean;
  readonly leftPost: number;
  readonly leaveBreach: number;
}

const NO_FLAGS: readonly Flag[] = [];

export function judgeSession(session: SessionCase): SessionVerdict {
  const { policy, book, slot, proxy } = session;
  const { pair, judged } = mildestReading(session);
  const flags = new Set<Flag>(session.flags);
  flagTaps(session, pair, flags);
  if (judged.slight) flags.add("slight-late");
  const away = judgeOutings(session, flags);
  const rules: string[] = [...judged.rules, ...away.rules];
  const byProxy = proxy && policy.profile.proxy.penaltyBoth;
  if (byProxy) rules.push(...book.proxy);
  if (!judged.present) rules.push(...session.ifAbsent, ...(policy.profile.absence.neither ? book.neither : []));
  const nobody = !judged.present && policy.profile.absence.neither ? slot.halfDays : 0;
  const absence = Math.max(nobody, judged.absence, away.absence, byProxy ? 1 : 0);
  const isAbsent = absence > 0 || !judged.present;
  const worst = Math.min(absence, slot.halfDays);
  const base = outcomeOf(session, pair, flags);
  if (isAbsent) {
    const points = worst * policy.profile.absence.points;
    return { ...base, state: "absent", absence: worst, points, rules: ruleIds(slot, rules) };
  }
  const { lateS, earlyS, late, early, missedIn } = judged;
  const points = judged.points + away.points;
  return { ...base, lateS, earlyS, late, early, missedIn, points, rules: attendedRules(slot, book, rules) };
}

const ruleIds = (slot: Slot, rules: readonly string[]): string[] => [...new Set([...rules, ...slot.rules])];

/** Most sessions are as they should be, and give the same list: made once per session of the timetable. */
const plainRules = new WeakMap<Slot, readonly string[]>();

function attendedRules(slot: Slot, { attended }: Rulebook, rules: readonly string[]): readonly string[] {
  if (rules.length > 0) return ruleIds(slot, [...attended, ...rules]);
  const known = plainRules.get(slot) ?? ruleIds(slot, attended);
  plainRules.set(slot, known);
  return known;
}

function outcomeOf(session: SessionCase, pair: InAndOut, flags: ReadonlySet<Flag>): SessionVerdict {
  const { person, day, slot, taps, leaveBreach } = session;
  const wentOut = flags.has("outing-unpermitted") ? 1 : 0;
  return {
    person,
    day,
    session: slot.name,
    state: "attended",
    in: pair.in?.at ?? null,
    out: pair.out?.at ?? null,
    inferred: pair.inferred,
    lateS: 0,
    earlyS: 0,
    late: 0,
    early: 0,
    absence: 0,
    missedIn: 0,
    points: 0,
    leaveKind: null,
    flags: flags.size === 0 ? NO_FLAGS : [...flags].toSorted(),
    rules: [],
    taps: taps.map(({ tap }) => tap),
    halfDays: slot.halfDays,
    leftPost: Math.max(session.leftPost, wentOut),
    leaveBreach,
  };
}

function mildestReading({ policy, book, taps, slot, expected }: SessionCase): { pair: InAndOut; judged: Punctuality } {
  const readings = readingsOf(taps, slot).map((pair) => ({
    pair,
    judged: judgePunctuality(policy, book, pair, expected),
  }));
  return readings.reduce((best, next) => (isMilder(next.judged, best.judged) ? next : best));
}

function flagTaps({ policy, book, expected, slot }: SessionCase, pair: InAndOut, flags: Set<Flag>): void {
  for (const tap of [pair.in, pair.out]) {
    if (tap === null) continue;
    if (isHeld(tap)) flags.add("needs-confirmation");
    else if (doubtOf(tap) > DOUBT_REVIEWED_S) flags.add("needs-review");
  }
  if (isMismatched(pair, slot)) flags.add("direction-mismatch");
  const { ready } = policy.profile.signin;
  if (ready !== null && pair.in !== null && pair.in.earliest > expected.from - ready) flags.add("not-ready");
  if (pair.in?.earliest === pair.in?.latest && pair.out?.earliest === pair.out?.latest) return;
  const kind = judgePunctuality(policy, book, pair, expected);
  if (isMilder(kind, judgePunctuality(policy, book, pair, expected, false))) flags.add("favoured");
}

/** Signing in when the session is over, or out before it has begun: somebody pressed the wrong one. */
const isMismatched = (pair: InAndOut, { from, to }: Slot): boolean =>
  (pair.in?.direction === "in" && pair.in.earliest >= to) || (pair.out?.direction === "out" && pair.out.latest <= from);

interface Away {
  readonly absence: number;
  readonly points: number;
  readonly rules: readonly string[];
}

/** AMB-25: one continuous outing, working time only, what is permitted taken off. It counts where it grew too long. */
function judgeOutings(session: SessionCase, flags: Set<Flag>): Away {
  const { policy, book, expected, outings, permits } = session;
  const rules: string[] = [];
  let [absence, points] = [0, 0];
  for (const outing of outings) {
    const here = unpermitted(outing, [expected], permits);
    const before = unpermitted({ ...outing, to: Math.min(outing.to, expected.from) }, session.earlier, permits);
    if (here === 0) continue;
    const isPermitted = permits.some(({ from, to }) => from < outing.to && to > outing.from);
    flags.add(isPermitted ? "overstayed-leave" : "outing-unpermitted");
    if (!isPermitted && policy.profile.outing.forbidden) rules.push(...book.outingForbidden);
    if (outing.taps.some(isHeld)) flags.add("needs-confirmation");
    else {
      const bound = policy.profile.outing.absentOver;
      if (bound !== null && reaches(bound, before + here) && !reaches(bound, before)) {
        absence = 1;
        rules.push(...book.outing);
      }
      points += Math.max(0, pointsAt(session, before + here, rules) - pointsAt(session, before, []));
    }
  }
  return { absence, points, rules };
}

const pointsAt = ({ policy }: SessionCase, seconds: number, rules: string[]): number =>
  pointsOf(policy.profile.outing.bands, seconds, rules);

interface Stretch {
  readonly from: HallSeconds;
  readonly to: HallSeconds;
}

/** Seconds of `outing` within working time and outside every permit. */
function unpermitted(outing: Stretch, working: readonly Stretch[], permits: readonly Stretch[]): number {
  let left: Stretch[] = working.map(({ from, to }) => ({
    from: Math.max(from, outing.from),
    to: Math.min(to, outing.to),
  }));
  for (const permit of permits) {
    left = left.flatMap(({ from, to }) => [
      { from, to: Math.min(to, permit.from) },
      { from: Math.max(from, permit.to), to },
    ]);
  }
  return left.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
}
