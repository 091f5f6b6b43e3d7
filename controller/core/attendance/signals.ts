import type { Policy } from "../policy/policy.ts";
import { byTime, isSameTap, type Leave, type Tap } from "./facts.ts";
import { DAY_S, dayOf } from "./hall-time.ts";
import { leaveEnd } from "./leave-effect.ts";
import type { AttendanceCase, SessionVerdict } from "./verdict.ts";

/** Suspicions over the taps of everybody. They open cases and change no verdict (ATT-75). */
export function casesAmong(policy: Policy, taps: readonly Tap[]): AttendanceCase[] {
  const badges = taps.filter(({ source }) => source === "badge");
  return [...tooFast(badges, policy.walkS), ...pairs(badges, policy), ...revoked(badges)];
}

/** One badge at two terminals, faster than anybody walks, also when both clocks are wrong in the person's favour. */
function tooFast(taps: readonly Tap[], walkS: number): AttendanceCase[] {
  return [...Map.groupBy(taps, ({ person }) => person)].flatMap(([person, own]) => {
    const sorted = own.toSorted(byTime);
    return sorted.flatMap((tap, at): AttendanceCase[] => {
      const former = sorted[at - 1];
      if (former === undefined || isSameTap(former, tap) || former.terminal === tap.terminal) return [];
      if (former.terminal === "" || tap.terminal === "" || tap.latest - former.earliest >= walkS) return [];
      return [{ kind: "suspected-proxy", persons: [person], taps: [former, tap] }];
    });
  });
}

/** Two badges at one terminal within seconds: colleagues arrive together. The same two, again and again, is a case. */
function pairs(taps: readonly Tap[], { profile: { signals } }: Policy): AttendanceCase[] {
  const seen = new Map<string, { persons: [string, string]; taps: Tap[]; days: Set<number> }>();
  for (const [terminal, here] of Map.groupBy(taps, (tap) => tap.terminal)) {
    if (terminal === "") continue;
    const sorted = here.toSorted(byTime);
    for (const [at, tap] of sorted.entries()) {
      for (let ahead = at + 1; ahead < sorted.length; ahead += 1) {
        const next = sorted[ahead];
        if (next === undefined || next.latest - tap.earliest > signals.pairWithinS) break;
        if (next.person !== tap.person) note(seen, tap, next);
      }
    }
  }
  return [...seen.values()]
    .filter(({ days }) => days.size >= signals.pairTimes)
    .map((pair) => ({
      kind: "suspected-proxy",
      persons: pair.persons,
      taps: [...new Set(pair.taps)].toSorted(byTime),
    }));
}

type Seen = Map<string, { persons: [string, string]; taps: Tap[]; days: Set<number> }>;

function note(seen: Seen, tap: Tap, next: Tap): void {
  const persons: [string, string] = tap.person < next.person ? [tap.person, next.person] : [next.person, tap.person];
  const key = persons.join(" ");
  const pair = seen.get(key) ?? { persons, taps: [], days: new Set<number>() };
  seen.set(key, pair);
  pair.taps.push(tap, next);
  pair.days.add(dayOf(tap.at) * 2 + (tap.at % DAY_S < DAY_S / 2 ? 0 : 1)); // Twice in one morning is once.
}

const revoked = (taps: readonly Tap[]): AttendanceCase[] =>
  [
    ...Map.groupBy(
      taps.filter(({ badge }) => badge === "revoked"),
      ({ person }) => person,
    ),
  ].map(([person, own]) => ({
    kind: "revoked-badge",
    persons: [person],
    taps: own.toSorted(byTime),
  }));

/** Somebody taps in the midst of a leave of half a day or more, whether it took effect or not. */
export function tapsDuringLeave(verdict: SessionVerdict, leaves: readonly Leave[]): AttendanceCase[] {
  const taps = verdict.taps.filter(
    ({ earliest, latest, source }) =>
      source === "badge" && leaves.some((leave) => leave.from < earliest && latest < leaveEnd(leave)),
  );
  return taps.length === 0 ? [] : [{ kind: "tap-during-leave", persons: [verdict.person], taps }];
}
