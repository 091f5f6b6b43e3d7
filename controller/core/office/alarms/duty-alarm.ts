import type { CounterId, EpochMs, ServiceId, StaffId } from "../../../../protocol/index.ts";

/** What a person should see to in the hall, besides a post without anybody (`post.vacated`). */
export const DUTY_ALARMS = [
  "cover-limit",
  "cover-near",
  "understaffed",
  "lunch-unmanned",
  "hand-over-due",
  "no-activity",
  "appointment-unattended",
  "appointment-overdue",
] as const;
export type DutyAlarmKind = (typeof DUTY_ALARMS)[number];

/** One of them, as it began. Each kind fills in what it is about. */
export interface DutyAlarm {
  /** The same while it lasts. */
  readonly alarmId: string;
  readonly kind: DutyAlarmKind;
  readonly sinceMs: EpochMs;
  readonly counterId: CounterId | null;
  readonly serviceId: ServiceId | null;
  readonly staffIds: readonly StaffId[];
  /** Windows open, or days stood in; and how many there should or may be. */
  readonly count: number | null;
  readonly limit: number | null;
  readonly rules: readonly string[];
}

type About = Partial<DutyAlarm> & Pick<DutyAlarm, "alarmId" | "kind" | "sinceMs">;

export const dutyAlarm = (about: About): DutyAlarm => ({
  counterId: null,
  serviceId: null,
  staffIds: [],
  count: null,
  limit: null,
  rules: [],
  ...about,
});
