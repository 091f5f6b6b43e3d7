import { leastOf, reaches } from "../policy/bound.ts";
import type { Policy } from "../policy/policy.ts";
import type { Band } from "../policy/profile.ts";
import { secondsOfDay } from "../policy/session-hours.ts";
import { isHeld } from "./doubt.ts";
import type { Tap } from "./facts.ts";
import { dayOf, type HallSeconds, startOf } from "./hall-time.ts";
import type { Rulebook } from "./rulebook.ts";
import type { InAndOut } from "./tap-slots.ts";

/** When somebody should have come and gone, and which of the two they need not show. */
export interface Expected {
  readonly from: HallSeconds;
  readonly to: HallSeconds;
  readonly inWaived: boolean;
  readonly outWaived: boolean;
}

/** What a session's in and out come to, before outings and findings. */
export interface Punctuality {
  readonly present: boolean;
  readonly lateS: number;
  readonly earlyS: number;
  readonly late: number;
  readonly early: number;
  readonly absence: number;
  /** Times somebody was here without having signed in (缺签, ATT-32). */
  readonly missedIn: number;
  readonly points: number;
  readonly slight: boolean;
  readonly rules: readonly string[];
}

/** Favouring: an *in* at its earliest, an *out* at its latest; else the other way round, to see what doubt spared. */
export function judgePunctuality(
  { profile, missingOut }: Policy,
  book: Rulebook,
  pair: InAndOut,
  expected: Expected,
  favouring = true,
): Punctuality {
  const hasIn = pair.in !== null || expected.inWaived;
  const hasOut = pair.out !== null || expected.outWaived;
  if (!hasIn && !hasOut) return NOBODY;
  const rules: string[] = [];
  const due = signInDue(profile.signin.window, expected);
  const lateS = pair.in === null || expected.inWaived || isHeld(pair.in) ? 0 : lateness(pair.in, due, favouring);
  const measured = profile.signout.measured && pair.out !== null && !expected.outWaived && !isHeld(pair.out);
  const earlyS = measured && pair.out !== null ? earliness(pair.out, expected, favouring) : 0;
  const counted = { late: 0, early: 0, absence: 0, points: 0 };
  if (!hasIn) missing(profile.missingIn, counted, rules, book.missingIn, profile.late.bands);
  else if (profile.late.absentFrom !== null && reaches(profile.late.absentFrom, lateS)) {
    counted.absence = 1;
    rules.push(...book.absentByLateness);
  } else if (reaches(profile.late.countFrom, lateS)) {
    counted.late = 1;
    counted.points += pointsOf(profile.late.bands, lateS, rules);
    rules.push(...book.late);
  }
  if (!hasOut) missing(missingOut, counted, rules, book.missingOut, profile.early.bands);
  else if (reaches(profile.early.countOver, earlyS)) {
    counted.early = 1;
    counted.points += pointsOf(profile.early.bands, earlyS, rules);
    rules.push(...book.early);
  }
  const slight = lateS > 0 && counted.late === 0 && counted.absence === 0;
  if (slight) rules.push(...book.slightLate, ...book.late);
  if (earlyS > 0 && counted.early === 0) rules.push(...book.early); // What spares somebody is named too.
  return { present: true, lateS, earlyS, slight, rules, missedIn: hasIn ? 0 : 1, ...counted };
}

const NOBODY: Punctuality = {
  present: false,
  lateS: 0,
  earlyS: 0,
  late: 0,
  early: 0,
  absence: 0,
  missedIn: 0,
  points: 0,
  slight: false,
  rules: [],
};

const lateness = (tap: Tap, due: HallSeconds, favouring: boolean): number =>
  Math.max(0, (favouring ? tap.earliest : tap.latest) - due);

/** ATT-32: nobody is late before the time for signing in is over, also where the session has begun. */
function signInDue(window: Policy["profile"]["signin"]["window"], { from, to }: Expected): HallSeconds {
  const until = window === null ? from : startOf(dayOf(from)) + secondsOfDay(window[1]);
  return until < to ? Math.max(from, until) : from;
}
const earliness = (tap: Tap, { from, to }: Expected, favouring: boolean): number =>
  Math.min(to - from, Math.max(0, to - (favouring ? tap.latest : tap.earliest)));

interface Counted {
  late: number;
  early: number;
  absence: number;
  points: number;
}

/** A missing tap is missing: no time is invented for it, so of the bands it is the lowest (AMB-17). */
function missing(
  as: "late" | "early" | "absence" | "none",
  counted: Counted,
  rules: string[],
  why: readonly string[],
  bands: readonly Band[],
): void {
  if (as === "none") return;
  counted[as] += 1;
  rules.push(...why);
  const [lowest] = bands;
  if (as !== "absence" && lowest !== undefined) counted.points += pointsOf(bands, leastOf(lowest), rules);
}

/** AMB-11, AMB-26: only the highest band that is reached counts. */
export function pointsOf(bands: readonly Band[], seconds: number, rules: string[]): number {
  const band = bands.findLast((candidate) => reaches(candidate, seconds));
  if (band === undefined) return 0;
  rules.push(...band.rules);
  return band.points;
}

/** The smaller of two, compared by what weighs more. */
export function isMilder(a: Punctuality, b: Punctuality): boolean {
  const [first, second] = [weights(a), weights(b)];
  const at = first.findIndex((weight, index) => weight !== second[index]);
  return at !== -1 && (first[at] ?? 0) < (second[at] ?? 0);
}

const weights = ({ absence, late, early, points }: Punctuality): readonly number[] => [absence, late + early, points];
