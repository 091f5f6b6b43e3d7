import type { Policy } from "../policy/policy.ts";
import { byTime, isSameTap, type Leave, type Tap } from "./facts.ts";
import { DAY_S, dayOf } from "./hall-time.ts";
import { leaveEnd } from "./leave-effect.ts";
import type { AttendanceCase, SessionVerdict } from "./verdict.ts";

/** Suspicions over the taps of everybody. They open cases and change no verdict (ATT-75). */
export function casesAmong(policy: Policy, taps: readonly Tap[]): AttendanceCase[] {
  const search = new CaseSearch(policy);
  for (const own of Map.groupBy(taps, ({ person }) => person).values()) search.notePerson(own);
  for (const terminal of search.terminals()) search.lookAt(terminal);
  return search.cases();
}

/**
 * The same in steps, for whoever has other work between them: first every person's taps, then every terminal that
 * these named, then the cases.
 */
export class CaseSearch {
  readonly #policy: Policy;
  readonly #tooFast: AttendanceCase[] = [];
  readonly #revoked: AttendanceCase[] = [];
  readonly #byTerminal = new Map<string, Tap[]>();
  readonly #pairs: Pairs = new Map();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** All taps of one person. */
  notePerson(taps: readonly Tap[]): void {
    const badges = taps.filter(({ source }) => source === "badge").toSorted(byTime);
    this.#tooFast.push(...tooFast(badges, this.#policy.walkS));
    this.#revoked.push(...revoked(badges));
    for (const tap of badges) {
      const here = this.#byTerminal.get(tap.terminal);
      if (here === undefined) this.#byTerminal.set(tap.terminal, [tap]);
      else here.push(tap);
    }
  }

  terminals(): readonly string[] {
    return [...this.#byTerminal.keys()];
  }

  lookAt(terminal: string): void {
    if (terminal !== "") notePairs(this.#pairs, this.#byTerminal.get(terminal) ?? [], this.#policy.profile.signals);
  }

  cases(): AttendanceCase[] {
    return [...this.#tooFast, ...pairCases(this.#pairs, this.#policy.profile.signals), ...this.#revoked];
  }
}

/** One badge at two terminals, faster than anybody walks, also when both clocks are wrong in the person's favour. */
function tooFast(sorted: readonly Tap[], walkS: number): AttendanceCase[] {
  return sorted.flatMap((tap, at): AttendanceCase[] => {
    const former = sorted[at - 1];
    if (former === undefined || isSameTap(former, tap) || former.terminal === tap.terminal) return [];
    if (former.terminal === "" || tap.terminal === "" || tap.latest - former.earliest >= walkS) return [];
    return [{ kind: "suspected-proxy", persons: [tap.person], taps: [former, tap] }];
  });
}

type Pairs = Map<string, { persons: [string, string]; taps: Tap[]; days: Set<number> }>;
type Signals = Policy["profile"]["signals"];

/** Two badges at one terminal within seconds: colleagues arrive together. The same two, again and again, is a case. */
function notePairs(pairs: Pairs, here: readonly Tap[], { pairWithinS }: Signals): void {
  const sorted = here.toSorted(byTime);
  for (const [at, tap] of sorted.entries()) {
    for (let ahead = at + 1; ahead < sorted.length; ahead += 1) {
      const next = sorted[ahead];
      if (next === undefined || next.latest - tap.earliest > pairWithinS) break;
      if (next.person !== tap.person) notePair(pairs, tap, next);
    }
  }
}

const pairCases = (pairs: Pairs, { pairTimes }: Signals): AttendanceCase[] =>
  [...pairs.values()]
    .filter(({ days }) => days.size >= pairTimes)
    .map((pair) => ({
      kind: "suspected-proxy",
      persons: pair.persons,
      taps: [...new Set(pair.taps)].toSorted(byTime),
    }));

function notePair(pairs: Pairs, tap: Tap, next: Tap): void {
  const persons: [string, string] = tap.person < next.person ? [tap.person, next.person] : [next.person, tap.person];
  const key = persons.join(" ");
  const pair = pairs.get(key) ?? { persons, taps: [], days: new Set<number>() };
  pairs.set(key, pair);
  pair.taps.push(tap, next);
  pair.days.add(dayOf(tap.at) * 2 + (tap.at % DAY_S < DAY_S / 2 ? 0 : 1)); // Twice in one morning is once.
}

function revoked(sorted: readonly Tap[]): AttendanceCase[] {
  const taps = sorted.filter(({ badge }) => badge === "revoked");
  const [first] = taps;
  return first === undefined ? [] : [{ kind: "revoked-badge", persons: [first.person], taps }];
}

/** Somebody taps in the midst of a leave of half a day or more, whether it took effect or not. */
export function tapsDuringLeave(verdict: SessionVerdict, leaves: readonly Leave[]): AttendanceCase[] {
  const taps = verdict.taps.filter(
    ({ earliest, latest, source }) =>
      source === "badge" && leaves.some((leave) => leave.from < earliest && latest < leaveEnd(leave)),
  );
  return taps.length === 0 ? [] : [{ kind: "tap-during-leave", persons: [verdict.person], taps }];
}
