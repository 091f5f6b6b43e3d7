import { bookingCheck } from "../../../../controller/core/appointments/find-booking.ts";
import { type EpochMs, minutes, present, ServiceId, TicketId } from "../../../../protocol/index.ts";
import { staffId, uuid } from "../../../support/test-hall.ts";
import { bookConfiguration } from "../core/appointments/book-rig.ts";
import type { GoldenHall } from "./golden-hall.ts";

/** Two days of the appointment book: kept, missed by the hall, by the citizen, by nobody, and outside the hours. */
export function playAppointmentDays(hall: GoldenHall): void {
  hall.skipTo(8, 0);
  hall.start(2, "0.1.0", bookConfiguration({ outOfHours: true }));
  hall.birth(1, { session: 31 });
  hall.birth(2, { session: 31 });
  hall.tap(1);
  const [kept, dropped, missed] = [1, 2, 3].map((n) => book(hall, n, n === 3 ? 60 : 30)) as [string, string, string];
  book(hall, 4, 90); // Never comes.
  book(hall, 5, 660, 1);
  book(hall, 6, 660, 2);
  hall.run({ type: "cancel-appointment", asked: { bookingId: dropped } });
  hall.skip(20);
  checkIn(hall, kept);
  checkIn(hall, missed);
  hall.skip(10);
  hall.wait(6);
  hall.input(1, "call-next");
  hall.about(1, "service-started");
  hall.wait(5);
  hall.about(1, "service-finished");
  hall.skip(45); // Nobody calls the other one,
  hall.skip(90); // and nobody came to the last.
  hall.skipTo(18, 55);
  hall.tap(1);
  hall.skip(10);
  book(hall, 7, 14 * 60 + 55);
  hall.skipTo(10, 30);
  hall.start(2, "0.1.0", bookConfiguration({ outOfHours: true })); // Not there when its slot began.
  hall.skip(1);
}

/** The slot that begins so many minutes after the hall's last event. */
function book(hall: GoldenHall, n: number, inMinutes: number, staff?: number): string {
  const bookingId = uuid(830_000 + n);
  const grid = minutes(15);
  const fromMs = (Math.round((hall.hall.lastRecordedAtMs + minutes(inMinutes)) / grid) * grid) as EpochMs;
  const person = staff === undefined ? {} : { staffId: staffId(staff) };
  const asked = { serviceId: ServiceId.parse("apply"), channel: "desk", ...person } as const;
  hall.run({ type: "book-appointment", bookingId, fromMs, ...asked });
  return bookingId;
}

function checkIn(hall: GoldenHall, bookingId: string): void {
  const { bookingNumber: number } = present(hall.hall.appointments?.bookings.get(bookingId), "booking");
  const ticketId = TicketId.parse(bookingId.replace("8000", "8001"));
  hall.run({ type: "check-in-appointment", asked: { number, check: bookingCheck(bookingId) }, ticketId });
}
