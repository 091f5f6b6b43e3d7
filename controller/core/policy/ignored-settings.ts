import { carriedIn, type Policy, rulesAt } from "./policy.ts";

/**
 * A setting fills what a regulation leaves open. What the text fixes is changed by extending the profile, openly; rest
 * days alone may be set against it, and then nothing says so but this line and the verdicts.
 */
export function ignoredSettings(policy: Policy): string[] {
  const { profile, settings } = policy;
  const notes: string[] = [];
  const note = (setting: string, path: string): void => {
    notes.push(
      `SETTING_IGNORED settings.${setting}: ${profile.names.zh} fixes it (${rulesAt(policy, path).join(", ")}); ` +
        `extend the profile to change it`,
    );
  };
  if (settings.hours !== undefined && profile.schedule.main !== null) note("hours", "schedule.main");
  if (settings.hours !== undefined && profile.schedule.span !== null) note("hours", "schedule.span");
  const { restWeekdays } = profile.calendar;
  const byText = carriedIn(policy, "calendar.restWeekdays").origin === "regulation";
  if (byText && settings.restWeekdays !== undefined && !isSameSet(settings.restWeekdays, restWeekdays)) {
    const rules = rulesAt(policy, "calendar.restWeekdays").join(", ");
    notes.push(
      `SETTING_OVERRIDES settings.restWeekdays: ${profile.names.zh} rests on weekdays ${restWeekdays.join(", ")} ` +
        `(${rules}); the hall's word stands instead, and verdicts on such a day say hall:settings.restWeekdays`,
    );
  }
  return notes;
}

const isSameSet = (a: readonly number[], b: readonly number[]): boolean =>
  new Set(a).symmetricDifference(new Set(b)).size === 0;
