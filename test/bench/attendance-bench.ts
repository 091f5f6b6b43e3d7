import type { Clock } from "../../protocol/index.ts";
import { readProfile } from "../../controller/adapters/policies/policy-files.ts";
import { AttendanceBook } from "../../controller/core/attendance/attendance-book.ts";
import type { Tap } from "../../controller/core/attendance/facts.ts";
import { dateOf, dayNumber } from "../../controller/core/attendance/hall-time.ts";
import { readAttendanceInput } from "../../controller/core/attendance/read-input.ts";
import { resolvePolicy } from "../../controller/core/policy/resolve-policy.ts";
import { assert, elapsed, present } from "../../protocol/index.ts";
import { SeededRandom } from "../support/seeded-random.ts";

export interface AttendanceYear {
  readonly people: number;
  /** Working days; the range is as much longer as it needs to be. */
  readonly days: number;
  readonly seed: number;
}

/** A year of a hall: everybody comes and goes about on time, some late, some forgetting a tap. */
export function attendanceYear({ people, days, seed }: AttendanceYear) {
  const random = new SeededRandom(seed);
  const first = present(dayNumber("2024-12-30"), "a Monday");
  const ids = Array.from({ length: people }, (_, at) => `s${String(at + 1).padStart(3, "0")}`);
  const taps: object[] = [];
  for (let index = 0; index < days; index += 1) {
    const date = dateOf(first + Math.floor(index / 5) * 7 + (index % 5));
    for (const person of ids) taps.push(...tapsOfDay(random, person, date));
  }
  return {
    policy: "county",
    settings: { summer: { from: "06-01", to: "09-30" } },
    people: ids.map((id) => ({ id })),
    range: { from: dateOf(first), to: dateOf(first + Math.ceil(days / 5) * 7 - 1) },
    taps,
  };
}

const HOUR_S = 3600;
const SPREAD_S = 1200;
const FORGOTTEN = 0.02;

function tapsOfDay(random: SeededRandom, person: string, date: string): object[] {
  const around = (second: number): string => {
    const at = second + Math.floor((random.next() - 0.7) * SPREAD_S);
    const parts = [Math.floor(at / HOUR_S), Math.floor(at / 60) % 60, at % 60];
    return `${date}T${parts.map((part) => String(part).padStart(2, "0")).join(":")}`;
  };
  const due = [
    [8 * HOUR_S, "in"],
    [12.3 * HOUR_S, "out"],
    [14.5 * HOUR_S, "in"],
    [18.3 * HOUR_S, "out"],
  ] as const;
  return due.flatMap(([second, direction]) =>
    random.next() < FORGOTTEN
      ? []
      : [{ person, at: around(second), direction, terminal: `T${1 + Math.floor(random.next() * 30)}` }],
  );
}

export interface AttendancePace {
  readonly taps: number;
  readonly sessions: number;
  readonly readMs: number;
  readonly deriveMs: number;
  /** One more tap and the records it changes, the slowest and the middle of `adds`. */
  readonly addMs: { readonly median: number; readonly max: number };
}

const ADDS = 200;

/** How long a whole year takes from cold, and one tap more. */
export function measureAttendance(year: ReturnType<typeof attendanceYear>, clock: Clock): AttendancePace {
  const began = clock.mono();
  const request = readAttendanceInput(year);
  assert(request.ok, "the year fits");
  const policy = resolvePolicy({ builtIn: readProfile, policy: year.policy, settings: year.settings });
  assert(policy.ok, "the policy fits");
  const readAt = clock.mono();
  const book = new AttendanceBook({ ...request.value, policy: policy.value });
  const sessions = book.records().reduce((sum, record) => sum + record.sessions.length, 0);
  const derivedAt = clock.mono();
  const adds = request.value.facts.taps.slice(0, ADDS).map((tap): number => {
    const late: Tap = { ...tap, at: tap.at + 1, earliest: tap.earliest + 1, latest: tap.latest + 1 };
    const before = clock.mono();
    book.add(late);
    return elapsed(before, clock.mono());
  });
  const sorted = adds.toSorted((a, b) => a - b);
  return {
    taps: year.taps.length,
    sessions,
    readMs: elapsed(began, readAt),
    deriveMs: elapsed(readAt, derivedAt),
    addMs: { median: sorted[Math.floor(ADDS / 2)] ?? 0, max: sorted.at(-1) ?? 0 },
  };
}
