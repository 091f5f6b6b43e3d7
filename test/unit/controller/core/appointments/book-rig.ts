import { bookingCheck } from "../../../../../controller/core/appointments/find-booking.ts";
import type { Booking } from "../../../../../controller/core/appointments/appointment-book.ts";
import type { AppointmentOrder } from "../../../../../controller/core/appointments/appointment-orders.ts";
import { AccountId } from "../../../../../controller/core/access/actor.ts";
import { HallConfiguration } from "../../../../../controller/core/configuration.ts";
import type { HallEvent } from "../../../../../controller/core/events.ts";
import { epochMs, present, ServiceId, TicketId } from "../../../../../protocol/index.ts";
import { staffId, testConfiguration, TestHall, uuid } from "../../../../support/test-hall.ts";
import { instant } from "../office/office-rig.ts";

type BookOrder = Extract<AppointmentOrder, { type: "book-appointment" }>;
export interface Asking {
  readonly service?: string;
  readonly channel?: BookOrder["channel"];
  readonly reason?: string;
  readonly staff?: number;
  readonly by?: string;
}

export const DESK = AccountId.parse("desk");
/** Ten past eight on Monday 2 March 2026. */
export const MONDAY = "2026-03-02T08:10";

export const bookConfiguration = (book: object = {}, hall: object = {}): HallConfiguration =>
  HallConfiguration.parse({
    ...testConfiguration(2),
    ...hall,
    appointments: {
      services: [
        { service: "apply", perSlot: 2 },
        { service: "social", perSlot: 1 },
      ],
      ...book,
    },
  });

/** The test hall with an appointment book; its clock is moved by hand. */
export class BookHall extends TestHall {
  #asked = 0;

  constructor(configuration: HallConfiguration = bookConfiguration(), moment = MONDAY) {
    super(configuration, instant(moment));
    this.run({ type: "tick" });
  }

  /** Goes to a moment of hall time; the clock ticks once there. */
  go(moment: string): HallEvent[] {
    this.now = instant(moment);
    return this.run({ type: "tick" });
  }

  /** The booking, or why it was refused. */
  book(from: string, { service = "apply", channel = "online", reason, staff, by }: Asking = {}): Booking | string {
    this.#asked += 1;
    const bookingId = uuid(600_000 + this.#asked);
    const outcome = this.attempt({
      type: "book-appointment",
      bookingId,
      serviceId: ServiceId.parse(service),
      fromMs: instant(from),
      channel,
      ...(reason !== undefined && { reason }),
      ...(staff !== undefined && { staffId: staffId(staff) }),
      ...(by !== undefined && { by: AccountId.parse(by) }),
    });
    return "rejection" in outcome ? outcome.rejection.code : this.booking(bookingId);
  }

  booked(from: string, asking: Asking = {}): Booking {
    const booking = this.book(from, asking);
    if (typeof booking === "string") throw new Error(`refused: ${booking}`);
    return booking;
  }

  booking(bookingId: string): Booking {
    return present(this.hall.appointments?.bookings.get(bookingId), "booking");
  }

  /** The ticket's number, or why there is none. */
  checkIn({ bookingId, bookingNumber }: Booking, check = bookingCheck(bookingId)): string {
    this.#asked += 1;
    const ticketId = TicketId.parse(uuid(650_000 + this.#asked));
    const outcome = this.attempt({ type: "check-in-appointment", asked: { number: bookingNumber, check }, ticketId });
    if ("rejection" in outcome) return outcome.rejection.code;
    return present(this.hall.tickets.get(ticketId), "ticket").number;
  }

  cancel({ bookingId, bookingNumber }: Booking, check = bookingCheck(bookingId)): string {
    const outcome = this.attempt({ type: "cancel-appointment", asked: { number: bookingNumber, check } });
    return "rejection" in outcome ? outcome.rejection.code : "cancelled";
  }

  /** Calls at window n until `minutes` have passed: number, rule and who was passed over. */
  call(n: number): { number: string; rule: string; passedOver: readonly string[] } | string {
    for (const event of this.input(n, "call-next")) {
      if (event.type === "ticket.called") return event.data;
    }
    return "nobody";
  }

  /** Serves what is called at window n, and finishes it. */
  finish(n: number): void {
    const visit = this.visit(n);
    this.input(n, "service-started", visit);
    this.wait(2_000);
    this.input(n, "service-finished", visit);
    this.wait(16_000, 1_000);
  }
}

export const later = (moment: string, ms: number) => epochMs(instant(moment) + ms);
