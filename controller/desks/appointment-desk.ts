import {
  assert,
  canonicalJson,
  type Clock,
  epochMs,
  minutes,
  type Random,
  refused,
  type Result,
  TicketId,
} from "../../protocol/index.ts";
import { FailureBook } from "../access/failure-book.ts";
import type {
  AppointmentDesk,
  Booked,
  BookingAtHand,
  CheckedIn,
  CitizenAsks,
  OnlineBooking,
} from "../adapters/http/appointment-desk.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import { addressKey } from "../adapters/http/peer-address.ts";
import type { AccountId } from "../core/access/actor.ts";
import type { AppointmentOrder, BookingAsked } from "../core/appointments/appointment-orders.ts";
import { bookingCheck } from "../core/appointments/find-booking.ts";
import type { EventOf, EventType, HallEvent } from "../core/events.ts";
import { checkOf } from "../core/queue/ticket-check.ts";
import { digestOf } from "../engine/chain.ts";
import type { Engine } from "../engine/engine.ts";
import { bookingDay, breachList, offerOf, slotsLeft } from "../projections/appointment-pictures.ts";
import { deskAnswer } from "./desk-answer.ts";
import { BUSY, isBusy } from "./desk-refusals.ts";

/** Product defaults, as of a missed call: see `re-entry-desk.ts`. */
export const WRONG_BOOKING_CHECKS_MAX = 5;
export const WRONG_BOOKINGS_AT_ADDRESS_MAX = 30;
/** Bookings made online from one address within ten minutes. A book is for citizens, not for whoever fills it. */
export const ONLINE_BOOKINGS_MAX = 20;
const WITHIN = { window: minutes(10), lockedFor: minutes(10) };
const NUMBERS_MAX = 2_000;
const ADDRESSES_MAX = 1_000;

const LOCKED: DeskRefusal = {
  code: "too-many-checks",
  detail: "校验码错误次数过多，请到窗口办理 Too many wrong codes: please ask at a window.",
};
const ENOUGH: DeskRefusal = {
  code: "too-many-bookings",
  detail: "预约次数过多，请稍后再约或到窗口预约 Too many bookings from here: try again later, or book at a window.",
};

type Parts = { readonly engine: Engine; readonly random: Random; readonly clock: Pick<Clock, "mono"> };

/** The appointment book behind its HTTP interface. Wrong checks and online bookings are counted, in bounded memory. */
export class BookDesk implements AppointmentDesk {
  readonly #parts: Parts;
  readonly #numbers: FailureBook;
  readonly #addresses: FailureBook;
  readonly #booking: FailureBook;

  constructor(parts: Parts) {
    this.#parts = parts;
    const book = (failuresMax: number, keysMax: number) =>
      new FailureBook(parts.clock, { ...WITHIN, failuresMax, keysMax });
    this.#numbers = book(WRONG_BOOKING_CHECKS_MAX, NUMBERS_MAX);
    this.#addresses = book(WRONG_BOOKINGS_AT_ADDRESS_MAX, ADDRESSES_MAX);
    this.#booking = book(ONLINE_BOOKINGS_MAX, ADDRESSES_MAX);
  }

  readonly offer: AppointmentDesk["offer"] = () => offerOf(this.#parts.engine.hall, this.#now());
  readonly slots: AppointmentDesk["slots"] = (service, date) =>
    slotsLeft(this.#parts.engine.hall, service, date, this.#now());
  readonly day: AppointmentDesk["day"] = (date) => bookingDay(this.#parts.engine.hall, date, this.#now());
  readonly breaches: AppointmentDesk["breaches"] = () => breachList(this.#parts.engine.hall);

  async bookOnline(asked: OnlineBooking, { key, address }: CitizenAsks): Promise<Result<Booked, DeskRefusal>> {
    const from = addressKey(address);
    if (this.#booking.isLocked(from)) return refused(ENOUGH);
    this.#booking.note(from);
    return this.#book({ ...asked, channel: "online" }, key === null ? null : `booking/${key}`);
  }

  readonly bookAtDesk: AppointmentDesk["bookAtDesk"] = (asked, { id }, key) =>
    this.#book({ ...asked, by: id }, key === null ? null : `desk-booking/${id}/${key}`);

  readonly cancelOwn: AppointmentDesk["cancelOwn"] = (asked, by) =>
    this.#checked(asked, by.address, () => this.#cancel(asked, `booking-cancel/`, by.key));

  readonly cancel: AppointmentDesk["cancel"] = (bookingId, { id }) => this.#cancel({ bookingId }, "", null, id);

  checkIn({ number, check, awaitsPrint }: Parameters<AppointmentDesk["checkIn"]>[0], by: CitizenAsks) {
    const asked = { number, check };
    return this.#checked(asked, by.address, () => this.#checkIn({ asked, awaitsPrint }, `check-in/`, by.key));
  }

  readonly checkInAtDesk: AppointmentDesk["checkInAtDesk"] = (bookingId, { id }, key) =>
    this.#checkIn({ asked: { bookingId }, by: id }, `desk-check-in/${id}/`, key);

  #now() {
    return this.#parts.engine.time().at;
  }

  /** A try counts before it is judged: tries at once count too. */
  async #checked<T>(
    { number }: BookingAtHand,
    address: string,
    act: () => Promise<Result<T, DeskRefusal>>,
  ): Promise<Result<T, DeskRefusal>> {
    const from = addressKey(address);
    if (this.#numbers.isLocked(number) || this.#addresses.isLocked(from)) return refused(LOCKED);
    this.#numbers.note(number);
    this.#addresses.note(from);
    const answer = await act();
    const why = answer.ok ? null : answer.error.reason?.code;
    if (why !== "booking-check-wrong") this.#numbers.forgive(number);
    if (why !== "booking-check-wrong" && why !== "booking-unknown") this.#addresses.forgive(from);
    return answer;
  }

  #book(
    { service, fromMs, channel, reason, staff, by }: BookingOf,
    key: string | null,
  ): Promise<Result<Booked, DeskRefusal>> {
    const order: AppointmentOrder = {
      type: "book-appointment",
      bookingId: this.#parts.random.uuid(),
      serviceId: service,
      fromMs: epochMs(fromMs),
      channel,
      ...(reason !== undefined && { reason }),
      ...(staff !== undefined && { staffId: staff }),
      ...(by !== undefined && { by }),
    };
    const said = { service, fromMs, channel, reason: reason ?? null, staff: staff ?? null };
    return this.#submit(order, { key, said }, bookedIn, withBookingCheck);
  }

  #cancel(asked: BookingAsked, prefix: string, key: string | null, by?: AccountId): Promise<Result<null, DeskRefusal>> {
    const order: AppointmentOrder = { type: "cancel-appointment", asked, ...(by !== undefined && { by }) };
    const said = { ...asked };
    return this.#submit(
      order,
      { key: key === null ? null : `${prefix}${key}`, said },
      () => null,
      () => null,
    );
  }

  #checkIn(
    { asked, awaitsPrint, by }: { asked: BookingAsked; awaitsPrint?: boolean | undefined; by?: AccountId },
    prefix: string,
    key: string | null,
  ): Promise<Result<CheckedIn, DeskRefusal>> {
    const order: AppointmentOrder = {
      type: "check-in-appointment",
      asked,
      ticketId: TicketId.parse(this.#parts.random.uuid()),
      ...(awaitsPrint !== undefined && { awaitsPrint }),
      ...(by !== undefined && { by }),
    };
    const said = { ...asked, awaitsPrint: awaitsPrint ?? null };
    return this.#submit(order, { key: key === null ? null : `${prefix}${key}`, said }, checkedInIn, withTicketCheck);
  }

  /** What is kept under a key is without the check: that follows from the id. */
  #submit<S, T>(
    order: AppointmentOrder,
    { key, said }: { readonly key: string | null; readonly said: Parameters<typeof canonicalJson>[0] },
    answerOf: (events: readonly HallEvent[]) => S,
    complete: (answer: S) => T,
  ): Promise<Result<T, DeskRefusal>> {
    const { engine } = this.#parts;
    if (isBusy(engine)) return Promise.resolve(refused(BUSY));
    const kept = (events: readonly HallEvent[]): string => JSON.stringify(answerOf(events));
    const idempotency = key === null ? {} : { key: { key, digest: digestOf(canonicalJson(said)), answerOf: kept } };
    const again = (answer: string): T => complete(JSON.parse(answer) as S);
    return new Promise((resolve) =>
      engine.submit(
        order,
        (outcome) => resolve(deskAnswer(outcome, (events) => complete(answerOf(events)), again)),
        idempotency,
      ),
    );
  }
}

interface BookingOf extends OnlineBooking {
  readonly channel: Extract<AppointmentOrder, { type: "book-appointment" }>["channel"];
  readonly staff?: Extract<AppointmentOrder, { type: "book-appointment" }>["staffId"];
  readonly by?: AccountId;
}

function only<K extends EventType>(events: readonly HallEvent[], type: K): EventOf<K> {
  const found = events.find((event): event is EventOf<K> => event.type === type);
  assert(found !== undefined, `a request that is not refused brings ${type}`);
  return found;
}

function bookedIn(events: readonly HallEvent[]): Omit<Booked, "check"> {
  const { bookingId, bookingNumber, serviceId, fromMs, toMs } = only(events, "appointment.booked").data;
  return { booking: bookingId, number: bookingNumber, service: serviceId, fromMs, toMs };
}

const withBookingCheck = (booked: Omit<Booked, "check">): Booked => ({
  ...booked,
  check: bookingCheck(booked.booking),
});

function checkedInIn(events: readonly HallEvent[]): Omit<CheckedIn, "check"> {
  const { ticketId, number, serviceId, ahead } = only(events, "ticket.issued").data;
  const { data, recordedAtMs } = only(events, "appointment.arrived");
  const issuedAt = new Date(recordedAtMs).toISOString();
  return { id: ticketId, number, service: serviceId, ahead, issuedAt, turn: data.turn };
}

const withTicketCheck = (ticket: Omit<CheckedIn, "check">): CheckedIn => ({ ...ticket, check: checkOf(ticket.id) });
