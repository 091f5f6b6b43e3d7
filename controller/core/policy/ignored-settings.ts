import { type Policy, rulesAt } from "./policy.ts";

/** A setting fills what a regulation leaves open. What the text fixes is changed by extending the profile, openly. */
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
  return notes;
}
