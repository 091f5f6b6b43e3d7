import { type EpochMs, minutes, type StaffId } from "../../../protocol/index.ts";
import type { HallDay } from "../hall-day.ts";
import { bookedSlots } from "../appointments/slots.ts";
import type { HallView } from "../state.ts";

export type Session = HallDay["sessions"][number];

export const isOnLunchDuty = (hall: HallView, staffId: StaffId): boolean =>
  hall.day?.lunchDuty.includes(staffId) === true;

/** The sessions this person signs for today, and the slots outside the hours that are theirs (HRS-24). */
function sessionsOf(hall: HallView, staffId: StaffId): readonly Session[] {
  const booked = bookedSlots(hall, staffId);
  if (booked.length === 0) return hoursOf(hall, staffId);
  return [...hoursOf(hall, staffId), ...booked].toSorted((a, b) => a.fromMs - b.fromMs);
}

/** Lunch duty works through noon, so it has one session of the whole day (AMB-27). */
function hoursOf({ day }: HallView, staffId: StaffId): readonly Session[] {
  const sessions = day?.sessions ?? [];
  const first = sessions[0];
  const last = sessions.at(-1);
  if (first === undefined || last === undefined || day?.lunchDuty.includes(staffId) !== true) return sessions;
  return [{ fromMs: first.fromMs, toMs: last.toMs }];
}

const leadOf = ({ configuration }: HallView): number => minutes(configuration?.rules.signOnFromMinutes ?? 0);

/** This person's session that is open at `instant`, or about to be. */
export function sessionAt(hall: HallView, staffId: StaffId, instant: EpochMs): Session | null {
  const lead = leadOf(hall);
  return sessionsOf(hall, staffId).find(({ fromMs, toMs }) => instant >= fromMs - lead && instant < toMs) ?? null;
}

/** A slot outside the hours that is this person's (HRS-24), while no session of the day is open or about to be. */
export function bookedSessionAt(hall: HallView, staffId: StaffId, instant: EpochMs): Session | null {
  const lead = leadOf(hall);
  const isAt = ({ fromMs, toMs }: Session): boolean => instant >= fromMs - lead && instant < toMs;
  if (hoursOf(hall, staffId).some(isAt)) return null;
  return bookedSlots(hall, staffId).find(isAt) ?? null;
}

/** An *out* is judged at its latest possible instant: doubt favours the employee. */
export function nearsItsEnd(hall: HallView, staffId: StaffId, latest: EpochMs): boolean {
  const session = sessionAt(hall, staffId, latest);
  const lead = minutes(hall.configuration?.rules.signOffFromMinutes ?? 0);
  return session === null || latest >= session.toMs - lead;
}

/** True from the grace after the session that a person on duty since `sinceMs` signed for. */
export function sessionIsOver(hall: HallView, staffId: StaffId, sinceMs: EpochMs, at: EpochMs): boolean {
  const { day, configuration } = hall;
  if (day === null || configuration === null) return false;
  const grace = minutes(configuration.rules.dutyGraceMinutes);
  if (sinceMs < day.startsAtMs) return at >= day.startsAtMs + grace;
  const sessions = sessionsOf(hall, staffId);
  const session = sessions.find(({ toMs }) => sinceMs < toMs) ?? sessions.at(-1);
  return session !== undefined && at >= session.toMs + grace;
}

/** The hall itself, whoever is on duty: a session is open at `at`. */
export const isOpenAt = ({ day }: HallView, at: EpochMs): boolean =>
  day?.sessions.some(({ fromMs, toMs }) => at >= fromMs && at < toMs) === true;

/** Between two sessions of the day: what lunch duty is for. */
export function isNoonAt(hall: HallView, at: EpochMs): boolean {
  const sessions = hall.day?.sessions ?? [];
  const [first] = sessions;
  const last = sessions.at(-1);
  return first !== undefined && last !== undefined && at >= first.toMs && at < last.fromMs && !isOpenAt(hall, at);
}
