import { completedHall, HallConfiguration } from "../controller/index.ts";
import { minutes as minutesOf } from "../protocol/index.ts";
import type { Chance } from "./time/chance.ts";
import type { WorldPlan } from "./world-plan.ts";

/** Whether a world's hall keeps attendance: by the seed, always, or never, as the seeds did that were kept before. */
export type AttendanceChoice = "drawn" | "kept" | "none";
export const ATTENDANCE_CHOICES: readonly AttendanceChoice[] = ["drawn", "kept", "none"];

/** Such a world costs a fifth more: attendance is judged thrice, and the hall says more. */
const SHARE = 1 / 10;
/** Worlds that last longer have their sessions in their first hour. */
const DRAWN_WITHIN = 60;
const DATE = "2026-03-02";
const AHEAD_MS = 8 * 3_600_000;

interface Hours {
  readonly am: readonly [string, string];
  readonly pm: readonly [string, string];
}

/** Regulations whose hours the hall sets, or may set; some to the second, some with the slack that the text has. */
const REGULATIONS: readonly ((hours: Hours) => object)[] = [
  (hours) => ({ policy: "court", settings: { hours } }),
  (hours) => ({ policy: "jiayuguan", settings: { hours } }),
  (hours) => ({
    policy: {
      extends: "county",
      schedule: { main: hours, summer: { pm: hours.pm } },
      late: { countFrom: { atLeast: "02:00" } }, // Twenty minutes by the text: longer than these sessions are.
      early: { countOver: { over: "02:00" } },
    },
    settings: SUMMER,
  }),
  (hours) => ({
    policy: {
      extends: "court",
      late: { countFrom: { over: "01:00" }, absentFrom: { atLeast: "03:00" } },
      early: { countOver: { atLeast: "01:00" } },
      outing: { absentOver: { over: "02:00" } },
    },
    settings: { hours },
  }),
];
/** A session must be longer than the slack within it: shorter ones are judged to the second. */
const SLACK_MINUTES = 3;
const SUMMER = { summer: { from: "06-01", to: "09-30" } };

/** The same world with attendance kept, or as it is. `chance` is a stream of its own: nothing else is drawn anew. */
export function withAttendance(plan: WorldPlan, chance: Chance, choice: AttendanceChoice): WorldPlan {
  const drawn = chance.happens(SHARE);
  if (choice === "none" || (choice === "drawn" && !drawn)) return plan;
  const [from, to, again, end] = drawMinutes(chance, Math.min(plan.minutes, DRAWN_WITHIN));
  const at = (minute: number): number => plan.startMs + minutesOf(minute);
  const clock = (minute: number): string => new Date(at(minute) + AHEAD_MS).toISOString().slice(11, 16);
  const graceMinutes = chance.below(3);
  const drawnRegulation = chance.pick(REGULATIONS);
  const regulation = Math.min(to - from, end - again) > SLACK_MINUTES ? drawnRegulation : REGULATIONS[0];
  const given = (regulation ?? drawnRegulation)({ am: [clock(from), clock(to)], pm: [clock(again), clock(end)] });
  const attendance = { ...given, from: DATE, signOutGraceMinutes: graceMinutes };
  const configuration = completedHall(HallConfiguration.parse({ ...plan.configuration, attendance }), "/nowhere");
  const sessions = [
    { fromMs: at(from), toMs: at(to) },
    { fromMs: at(again), toMs: at(end) },
  ];
  return { ...plan, configuration, attendance: { sessions, graceMs: minutesOf(graceMinutes) } };
}

/** Minutes since the world's begin: it may begin within the first session, and end within the second. */
function drawMinutes(chance: Chance, span: number): [from: number, to: number, again: number, end: number] {
  const part = Math.max(2, Math.floor(span / 4));
  const from = chance.below(2 * part) - part;
  const to = Math.max(1, from + part) + chance.below(part);
  const again = to + 1 + chance.below(part);
  return [from, to, again, again + 2 + chance.below(2 * part)];
}
