import { type CounterId, type EpochMs, minutes, type StaffId } from "../../../protocol/index.ts";
import { dayOf } from "../attendance/hall-time.ts";
import { windowPost } from "../attendance/vacancy.ts";
import type { CounterView } from "../counters/counter.ts";
import { rulesAt } from "../policy/policy.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallView } from "../state.ts";
import { attendanceOf } from "./filing-rights.ts";
import { isManned } from "./office-watch.ts";
import { hallNow, instantOf, type Regulation, regulationOf, slotsOn } from "./regulation.ts";

export interface Posts {
  readonly a: readonly StaffId[];
  readonly b: readonly StaffId[];
  readonly admitted: readonly StaffId[];
}

type Configuration = NonNullable<HallView["configuration"]>;
const posts = new WeakMap<Configuration, ReadonlyMap<CounterId, Posts>>();

/** Who could stand at each window (ATT-57, ATT-59). */
export function postsOf(configuration: Configuration): ReadonlyMap<CounterId, Posts> {
  const known = posts.get(configuration);
  if (known !== undefined) return known;
  const found = new Map(
    configuration.counters.map(({ id }): [CounterId, Posts] => {
      const named = (list: "counters" | "backup" | "admitted") =>
        configuration.staff.filter((person) => person[list].includes(id)).map((person) => person.id);
      return [id, { a: named("counters"), b: named("backup"), admitted: named("admitted") }];
    }),
  );
  posts.set(configuration, found);
  return found;
}

/** A session of one day as instants. */
interface RunningSession {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

/** The one that ran when a regulation's sessions were last asked for: every tick asks, and civil time is dear. */
const lastRunning = new WeakMap<Regulation, RunningSession>();

/** The session that runs at `at`, as instants; null outside the regulation's hours and on rest days. */
export function runningSession(regulation: Regulation, at: EpochMs): RunningSession | null {
  const last = lastRunning.get(regulation);
  if (last !== undefined && at >= last.fromMs && at < last.toMs) return last;
  const now = hallNow(regulation, at);
  const slot = slotsOn(regulation, dayOf(now)).find(({ from, to }) => now >= from && now < to);
  if (slot === undefined) return null;
  const running = { fromMs: instantOf(slot.from, regulation.zone), toMs: instantOf(slot.to, regulation.zone) };
  lastRunning.set(regulation, running);
  return running;
}

/** 缺岗 and empty windows, as they begin and end. Nothing in a hall that keeps no attendance. */
export function noteVacancies(hall: HallView, at: EpochMs): EventDraft[] {
  const { configuration, office } = hall;
  const regulation = regulationOf(configuration);
  if (regulation === null || configuration === null || office === null) return [];
  const session = runningSession(regulation, at);
  const grace = minutes(attendanceOf(hall)?.vacancyGraceMinutes ?? 0);
  const noted: EventDraft[] = [];
  for (const counter of hall.counters.values()) {
    const vacancy = office.vacancies.get(counter.counterId);
    const isOpenPost = session !== null && !isManned(counter) && counter.maintenance === null;
    if (vacancy !== undefined) {
      if (isOpenPost) continue;
      const by = session === null ? null : counter.onDuty;
      const { counterId, sinceMs } = vacancy;
      noted.push(draft("post.manned", { counterId, sinceMs, by }, CONTROLLER));
    } else if (isOpenPost) {
      const sinceMs = Math.max(session.fromMs, office.unmanned.get(counter.counterId) ?? 0) as EpochMs;
      if (at - sinceMs < grace) continue;
      noted.push(...vacated(hall, regulation, counter, { sinceMs, openedMs: session.fromMs }));
    }
  }
  return noted;
}

interface Since {
  readonly sinceMs: EpochMs;
  readonly openedMs: EpochMs;
}

function vacated(
  hall: HallView,
  { policy }: Regulation,
  counter: CounterView,
  { sinceMs, openedMs }: Since,
): EventDraft[] {
  const { counterId } = counter;
  const { a, b, admitted } = postsOf(hall.configuration as Configuration).get(counterId) ?? NOBODY;
  const [first] = a;
  if (first === undefined) return []; // Nobody is rostered here: a window of the wall, not of the roster.
  const here = (ids: readonly StaffId[]) => ids.filter((id) => isHere(hall, id));
  const post = windowPost(policy, {
    a: here(a)[0] ?? first,
    b: here(b)[0] ?? b[0] ?? null,
    present: new Set([...here(a), ...here(b), ...here(admitted)]),
    qualified: new Set(admitted),
  });
  const kind = post.state === "empty" ? "empty" : "vacant";
  const relief = post.state === "empty" ? post.alarm : null;
  // HRS-16: a window that nobody opened at the session's start. `post.manned` says when somebody did.
  const isLateOpening = policy.profile.schedule.openOnTime && sinceMs === openedMs;
  const rules = [...post.rules, ...(isLateOpening ? rulesAt(policy, "schedule.openOnTime") : [])];
  return [draft("post.vacated", { counterId, sinceMs, kind, relief, rules }, CONTROLLER)];
}

const NOBODY: Posts = { a: [], b: [], admitted: [] };

/** In the hall: on duty somewhere, also while out for a moment. */
const isHere = (hall: HallView, id: StaffId): boolean => (hall.staff.get(id)?.onDutyAt ?? null) !== null;
