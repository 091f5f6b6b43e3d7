import { leastOf } from "./bound.ts";
import { type Policy, type PolicyFault, rulesAt } from "./policy.ts";
import type { Band, Tier } from "./profile.ts";
import { secondsOfDay, settingHours } from "./session-hours.ts";

type Check = (policy: Policy) => readonly PolicyFault[];

/** Everything in a policy that cannot hold together. Empty: it may be activated. */
export function checkPolicy(policy: Policy): readonly PolicyFault[] {
  return CHECKS.flatMap((check) => check(policy));
}

const checkHours: Check = ({ hours, summer, profile, settings }) => {
  const asked = settings.hours === undefined ? [] : inOrder(settingHours(settings.hours), "settings.hours");
  if (asked.length > 0) return asked; // Also where the text fixes the hours and the setting is left aside.
  const { span, noonRest } = profile.schedule;
  if (hours.length === 0 && span !== null && noonRest !== null) {
    const message = "the noon rest is not set: the regulation fixes its length alone";
    return [fault("POLICY_NOON_MISSING", "settings.noon", message, ["HRS-09"])];
  }
  if (hours.length === 0) {
    const message = `${profile.names.zh} fixes no working hours: the hall sets them`;
    return [fault("POLICY_HOURS_MISSING", "settings.hours", message, ["GAP-17"])];
  }
  return [...inOrder(hours, "schedule.main"), ...inOrder(summer?.hours ?? [], "schedule.summer")];
};

function inOrder(hours: Policy["hours"], path: string): readonly PolicyFault[] {
  return hours.flatMap((session, at) => {
    const place = `${path}.${session.name}`;
    const former = hours[at - 1];
    if (session.fromS >= session.toS) {
      return [fault("POLICY_HOURS_CONTRADICT", place, "ends before it starts", session.rules)];
    }
    if (former !== undefined && session.fromS < former.toS) {
      const message = `starts before ${former.name} ends`;
      return [fault("POLICY_HOURS_CONTRADICT", place, message, [...former.rules, ...session.rules])];
    }
    return [];
  });
}

const checkSummer: Check = (policy) => {
  const season = policy.settings.summer;
  if (policy.profile.schedule.summer !== null && season === undefined) {
    const message = "the regulation has summer hours and gives no dates: the hall sets both";
    return [fault("POLICY_SUMMER_MISSING", "settings.summer", message, rulesAt(policy, "schedule.summer"))];
  }
  if (season !== undefined && season.from > season.to) {
    return [fault("POLICY_SUMMER_CONTRADICTS", "settings.summer", "ends before it starts", ["AMB-09"])];
  }
  return [];
};

const checkNoon: Check = ({ profile, settings }) => {
  const { span, noonRest } = profile.schedule;
  if (span === null || noonRest === null || settings.noon === undefined) return [];
  const [from, to] = settings.noon.map(secondsOfDay);
  if (from !== undefined && to !== undefined && to - from === noonRest) return [];
  const message = `the noon rest must be ${noonRest / 60} minutes long`;
  return [fault("POLICY_NOON_CONTRADICTS", "settings.noon", message, ["HRS-09"])];
};

const WEEK_DAYS = 7;

/** AMB-10: six-day weeks give four or five rest days a month, never two. A manager decides, and the roster holds. */
const checkRestDays: Check = (policy) => {
  if (new Set(policy.restWeekdays).size === WEEK_DAYS) {
    const isSet = policy.settings.restWeekdays !== undefined;
    const place = isSet ? "settings.restWeekdays" : "calendar.restWeekdays";
    const rules = isSet ? ["hall:settings.restWeekdays"] : rulesAt(policy, place);
    return [fault("POLICY_REST_CONTRADICTS", place, "leaves no working day", rules)];
  }
  const { daysPerWeek, restDaysPerMonth } = policy.profile.calendar;
  if (daysPerWeek === null || restDaysPerMonth === null) return [];
  const rules = rulesAt(policy, "calendar.daysPerWeek");
  if (rules.some((id) => policy.settings.confirmed.includes(id))) return [];
  const [least, most] = [4 * (7 - daysPerWeek), 5 * (7 - daysPerWeek)];
  if (restDaysPerMonth >= least && restDaysPerMonth <= most) return [];
  const message =
    `${daysPerWeek} days a week leave ${least} to ${most} rest days a month, not ${restDaysPerMonth}: ` +
    "a manager confirms, and the roster decides";
  return [fault("POLICY_REST_CONTRADICTS", "calendar.restDaysPerMonth", message, rules)];
};

const checkLateness: Check = (policy) => {
  const { late, early } = policy.profile;
  const found: PolicyFault[] = [];
  const shortest = Math.min(...policy.hours.map(({ fromS, toS }) => toS - fromS));
  if (leastOf(late.countFrom) > shortest) {
    const rules = rulesAt(policy, "late.countFrom");
    found.push(fault("POLICY_LATE_CONTRADICTS", "late.countFrom", "is longer than a session", rules));
  }
  if (late.absentFrom !== null && leastOf(late.absentFrom) < leastOf(late.countFrom)) {
    const rules = [...rulesAt(policy, "late.absentFrom"), ...rulesAt(policy, "late.countFrom")];
    found.push(fault("POLICY_LATE_CONTRADICTS", "late.absentFrom", "is reached before lateness counts", rules));
  }
  return [...found, ...ascending(late.bands, "late.bands"), ...ascending(early.bands, "early.bands")];
};

function ascending(bands: readonly Band[], path: string): readonly PolicyFault[] {
  return bands.flatMap((band, at) => {
    const former = bands[at - 1];
    if (former === undefined || leastOf(former) < leastOf(band)) return [];
    return [fault("POLICY_BANDS_CONTRADICT", `${path}[${at}]`, "does not begin above the one before", band.rules)];
  });
}

const checkSignOut: Check = (policy) => {
  const { signout, missingOut } = policy.profile;
  if (signout.required || missingOut === null || missingOut === "none") return [];
  const rules = [...rulesAt(policy, "signout.required"), ...rulesAt(policy, "missingOut")];
  const message = "is held against people who need not sign out";
  return [fault("POLICY_SIGNOUT_CONTRADICTS", "missingOut", message, rules)];
};

const checkTiers: Check = ({ profile: { leave } }) => {
  const faults = leave.tiers.flatMap((tier, at) => {
    const former = leave.tiers[at - 1];
    const [most, formerMost] = [lengthOf(tier), former === undefined ? 0 : lengthOf(former)];
    const isLast = at === leave.tiers.length - 1;
    if (isLast && most !== Number.POSITIVE_INFINITY) return [tierFault(at, tier, "is the last and has an end")];
    return most > formerMost ? [] : [tierFault(at, tier, "ends where the one before ends, or earlier")];
  });
  return faults;
};

const tierFault = (at: number, { rules }: Tier, message: string): PolicyFault =>
  fault("POLICY_TIERS_CONTRADICT", `leave.tiers[${at}]`, message, rules);

const DAY_HOURS = 24; // Only to order tiers in hours below tiers in days.

function lengthOf({ upTo, below }: Tier): number {
  const length = upTo ?? below;
  if (length === undefined) return Number.POSITIVE_INFINITY;
  return "hours" in length ? length.hours : length.days * DAY_HOURS;
}

const checkCover: Check = (policy) => {
  const { maxRun, maxYear } = policy.profile.bpost;
  if (maxRun === null || maxYear === null || maxRun <= maxYear) return [];
  const message = "one stretch may be longer than the whole year";
  return [fault("POLICY_COVER_CONTRADICTS", "bpost.maxRun", message, rulesAt(policy, "bpost.maxRun"))];
};

const checkObjection: Check = (policy) => {
  const { objection, publish } = policy.profile;
  if (objection.days === null || publish.every !== null) return [];
  const message = "objections have a deadline, but nothing is published";
  return [fault("POLICY_OBJECTION_CONTRADICTS", "objection.days", message, rulesAt(policy, "objection.days"))];
};

const checkLadder: Check = ({ profile: { ladder } }) =>
  ladder.flatMap((rung, at) => {
    const byDays = rung.on.includes("absence");
    const place = `ladder[${at}]`;
    if (byDays && rung.on.length > 1) {
      return [fault("POLICY_LADDER_CONTRADICTS", place, "absence is counted in days, alone", rung.rules)];
    }
    if ((rung.days !== undefined) === byDays && (rung.count !== undefined) === !byDays) return [];
    return [fault("POLICY_LADDER_CONTRADICTS", place, byDays ? "needs days" : "needs a count", rung.rules)];
  });

/** HRS-03: a branch is open no shorter than the other staff work: in hours, and from morning to evening. */
const checkBranch: Check = (policy) => {
  const { hours, profile, settings } = policy;
  if (!profile.schedule.branchesNotBelow || settings.adminHours === undefined) return [];
  const admin = settingHours(settings.adminHours);
  const total = (sessions: Policy["hours"]) => sessions.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
  const span = (sessions: Policy["hours"]) => (sessions.at(-1)?.toS ?? 0) - (sessions[0]?.fromS ?? 0);
  if (total(hours) >= total(admin) && span(hours) >= span(admin)) return [];
  const message = "the windows are open shorter than the other administrative staff work";
  return [fault("POLICY_BRANCH_BELOW", "schedule.main", message, rulesAt(policy, "schedule.branchesNotBelow"))];
};

const CHECKS: readonly Check[] = [
  checkHours,
  checkSummer,
  checkNoon,
  checkBranch,
  checkRestDays,
  checkLateness,
  checkSignOut,
  checkTiers,
  checkCover,
  checkObjection,
  checkLadder,
];

const fault = (code: string, path: string, message: string, rules: readonly string[]): PolicyFault => ({
  code,
  path,
  message,
  rules: [...new Set(rules)],
});
