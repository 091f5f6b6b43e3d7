import type { EpochMs } from "../../../protocol/index.ts";
import { type DutyAlarm, dutyAlarm } from "../office/alarms/duty-alarm.ts";
import type { Regulation } from "../office/regulation.ts";
import { rulesAt } from "../policy/policy.ts";
import type { HallView } from "../state.ts";
import type { Booking } from "./appointment-book.ts";

/** While it can still be mended: nobody is there for the slot (HRS-24), or who booked still waits (HRS-21). */
export function appointmentAlarms(hall: HallView, { policy }: Regulation, at: EpochMs): DutyAlarm[] {
  const bookings = [...(hall.appointments?.bookings.values() ?? [])];
  return bookings.flatMap((booking): DutyAlarm[] => {
    const { bookingId, serviceId, fromMs, toMs, staffId } = booking;
    const about = { serviceId, staffIds: staffId === null ? [] : [staffId] };
    if (booking.attendance === "missing" && at < toMs && !isHere(hall, staffId)) {
      const rules = rulesAt(policy, "appointments.outOfHours");
      const alarmId = `appointment-unattended ${bookingId}`;
      return [dutyAlarm({ alarmId, kind: "appointment-unattended", sinceMs: fromMs, ...about, rules })];
    }
    if (booking.state !== "breached" || !stillWaits(hall, booking)) return [];
    const rules = rulesAt(policy, "appointments.channels");
    const alarmId = `appointment-overdue ${bookingId}`;
    return [dutyAlarm({ alarmId, kind: "appointment-overdue", sinceMs: toMs, ...about, rules })];
  });
}

const isHere = (hall: HallView, staffId: Booking["staffId"]): boolean =>
  staffId !== null && (hall.staff.get(staffId)?.onDutyAt ?? null) !== null;

const stillWaits = (hall: HallView, { ticketId }: Readonly<Booking>): boolean =>
  ticketId !== null && hall.tickets.get(ticketId)?.phase === "waiting";
