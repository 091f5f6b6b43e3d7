import type { z } from "zod";
import type { HallSettings } from "./hall-settings.ts";
import type { SessionHours, SessionName } from "./policy.ts";
import type { DayHours, Profile } from "./profile.ts";
import { type Carried, carriedAt, type Sourced } from "./provenance.ts";

type Hours = z.output<typeof DayHours>;
type Span = readonly [string, string];

const SET_BY_HALL = "hall:settings.hours";
const ORDER: readonly SessionName[] = ["am", "pm", "day"];

/** Seconds since the day's start. */
export const secondsOfDay = (time: string): number => Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60;

/** The hall's hours outside summer, and in it; null where nobody has said. */
export function sessionHours(profile: Profile, settings: HallSettings, carried: Sourced["carried"]) {
  const { main, summer } = profile.schedule;
  const fixed = main ?? spanHours(profile, settings);
  const hours = fixed ?? settings.hours ?? null;
  const path = main !== null ? "schedule.main" : "schedule.span";
  const sourced = (at: string) => (name: SessionName) => rulesOr(carriedAt(carried, `${at}.${name}`), `${at}.${name}`);
  const rules = fixed === null ? () => [SET_BY_HALL] : sourced(path);
  const summerRules = sourced("schedule.summer");
  const summerHours = hours === null || summer === null ? null : ({ ...hours, ...summer } as Hours);
  return {
    hours: hours === null ? null : sessionsOf(hours, rules),
    summer:
      summerHours === null
        ? null
        : sessionsOf(summerHours, (name) => (name in (summer ?? {}) ? summerRules(name) : rules(name))),
  };
}

const rulesOr = ({ origin, rules }: Carried, path: string): readonly string[] =>
  rules.length > 0 ? rules : [`${origin}:${path}`];

/** Hours with a noon rest of fixed length whose place the hall sets (HRS-09). */
function spanHours({ schedule }: Profile, { noon }: HallSettings): Hours | null {
  if (schedule.span === null) return null;
  const [from, to] = schedule.span;
  if (schedule.noonRest === null) return { day: [from, to] };
  return noon === undefined ? null : { am: [from, noon[0]], pm: [noon[1], to] };
}

/** What a hall has set, as sessions. */
export const settingHours = (hours: Hours): SessionHours[] => sessionsOf(hours, () => [SET_BY_HALL]);

function sessionsOf(hours: Hours, rulesOf: (name: SessionName) => readonly string[]): SessionHours[] {
  const spans = hours as Partial<Record<SessionName, Span>>;
  return ORDER.flatMap((name) => {
    const span = spans[name];
    if (span === undefined) return [];
    return [{ name, fromS: secondsOfDay(span[0]), toS: secondsOfDay(span[1]), rules: rulesOf(name) }];
  });
}
