import { carriedIn, type Policy, rulesAt } from "./policy.ts";

/** What a hall should know of a setting that is no fault: by the text it means nothing, or goes against it. */
export interface SettingNote {
  readonly code: "SETTING_IGNORED" | "SETTING_OVERRIDES";
  /** As in the policy's own file: "settings.hours". */
  readonly path: string;
  readonly message: string;
  readonly rules: readonly string[];
}

/**
 * A setting fills what a regulation leaves open. What the text fixes is changed by extending the profile, openly; rest
 * days alone may be set against it, and then nothing says so but this note and the verdicts.
 */
export function settingNotes(policy: Policy): SettingNote[] {
  const { profile, settings } = policy;
  const notes: SettingNote[] = [];
  const noteIgnored = (setting: string, path: string): void => {
    const rules = rulesAt(policy, path);
    const message = `${profile.names.zh} fixes it (${rules.join(", ")}); extend the profile to change it`;
    notes.push({ code: "SETTING_IGNORED", path: `settings.${setting}`, message, rules });
  };
  if (settings.hours !== undefined && profile.schedule.main !== null) noteIgnored("hours", "schedule.main");
  if (settings.hours !== undefined && profile.schedule.span !== null) noteIgnored("hours", "schedule.span");
  const { restWeekdays } = profile.calendar;
  const byText = carriedIn(policy, "calendar.restWeekdays").origin === "regulation";
  if (byText && settings.restWeekdays !== undefined && !isSameSet(settings.restWeekdays, restWeekdays)) {
    const rules = rulesAt(policy, "calendar.restWeekdays");
    const message =
      `${profile.names.zh} rests on weekdays ${restWeekdays.join(", ")} (${rules.join(", ")}); ` +
      `the hall's word stands instead, and verdicts on such a day say hall:settings.restWeekdays`;
    notes.push({ code: "SETTING_OVERRIDES", path: "settings.restWeekdays", message, rules });
  }
  return notes;
}

/** `at`: where in its file the policy stands, "" or "hall.attendance.". */
export const noteLine = ({ code, path, message }: SettingNote, at = ""): string => `${code} ${at}${path}: ${message}`;

/** The same, a line each. */
export const ignoredSettings = (policy: Policy): string[] => settingNotes(policy).map((note) => noteLine(note));

const isSameSet = (a: readonly number[], b: readonly number[]): boolean =>
  new Set(a).symmetricDifference(new Set(b)).size === 0;
