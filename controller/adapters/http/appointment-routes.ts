import { z } from "zod";
import { type Result, ServiceId } from "../../../protocol/index.ts";
import type { Role } from "../../core/access/actor.ts";
import {
  AppointmentOffer,
  BookingDate,
  BookingDay,
  BreachList,
  SlotList,
} from "../../projections/appointment-pictures.ts";
import { type Access, HALL_WATCHERS } from "./access.ts";
import { Booked, BookingAtHand, BookingCheckIn, CheckedIn, DeskBooking, OnlineBooking } from "./appointment-desk.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { HallDesk } from "./hall-desk.ts";
import { IDEMPOTENCY_KEY, IDEMPOTENCY_PARAMETER, NOT_READY } from "./idempotency.ts";
import { Done } from "./kiosk-routes.ts";
import { refusedFor } from "./office-parameters.ts";
import type { ProblemCode } from "./problem.ts";
import { type Asked, JSON_TYPE, type Route, type RouteParameter, route, signedIn } from "./route.ts";

/** Who keeps the book for citizens. */
export const BOOK_KEEPERS: readonly Role[] = ["staff", "head", "manager", "office"];
const BOOK_READERS: readonly Role[] = [...BOOK_KEEPERS, "inspector"];

const SERVICE: RouteParameter = { name: "service", schema: ServiceId, summary: "The service." };
const DATE: RouteParameter = { name: "date", schema: BookingDate, summary: "A day, YYYY-MM-DD." };
const BOOKING: RouteParameter = { name: "booking", schema: z.uuid(), summary: "The booking's id." };

const WRITING: readonly ProblemCode[] = [
  "malformed-request",
  "appointment-refused",
  "unknown-service",
  "series-exhausted",
  "key-reused",
  "hall-cannot-write",
  "too-busy",
  "not-ready",
];
const GUARDED: readonly ProblemCode[] = ["not-signed-in", "not-allowed"];

/** The appointment book (HRS-21..24). */
export const appointmentRoutes = (desk: HallDesk): readonly Route[] => [
  ...readings(desk),
  ...citizenRoutes(desk),
  ...keeperRoutes(desk),
];

interface Reading {
  readonly path: string;
  readonly access: Access;
  readonly operationId: string;
  readonly summary: string;
  readonly schema: z.ZodType;
  readonly params?: readonly RouteParameter[];
  readonly read: (asked: Asked<unknown>) => unknown;
}

function readings(desk: HallDesk): Route[] {
  const { appointments } = desk;
  const reading = ({ path, access, operationId, summary, schema, params = [], read }: Reading): Route =>
    route({
      method: "GET",
      path: `/api/appointments${path}`,
      access,
      operationId,
      summary,
      params,
      answers: [{ status: 200, schema, summary, type: JSON_TYPE }],
      problems: [
        ...(params.length > 0 ? (["malformed-request"] as const) : []),
        ...(access === "everybody" ? [] : GUARDED),
        "not-ready",
      ],
      handle: (asked) => (desk.ready() ? { status: 200, body: read(asked) } : NOT_READY),
    });
  return [
    reading({
      path: "",
      access: "everybody",
      operationId: "read-appointment-offer",
      summary: "What may be booked in this hall, and how.",
      schema: AppointmentOffer,
      read: () => appointments.offer(),
    }),
    reading({
      path: "/slots/{service}/{date}",
      access: "everybody",
      operationId: "read-appointment-slots",
      summary: "What is left of a day's slots within the hours.",
      schema: SlotList,
      params: [SERVICE, DATE],
      read: ({ param }) => appointments.slots(ServiceId.parse(param("service")), param("date")),
    }),
    reading({
      path: "/days/{date}",
      access: BOOK_READERS,
      operationId: "read-appointment-day",
      summary: "Everything that is booked on a day.",
      schema: BookingDay,
      params: [DATE],
      read: ({ param }) => appointments.day(param("date")),
    }),
    reading({
      path: "/breaches",
      access: HALL_WATCHERS,
      operationId: "read-appointment-breaches",
      summary: "What was booked and not kept by the hall, and whose it was.",
      schema: BreachList,
      read: () => appointments.breaches(),
    }),
  ];
}

interface Writing<B> {
  readonly path: string;
  readonly access: Access;
  readonly operationId: string;
  readonly summary: string;
  readonly status: 200 | 201;
  readonly body?: z.ZodType<B>;
  readonly params?: readonly RouteParameter[];
  readonly schema: z.ZodType;
  readonly problems?: readonly ProblemCode[];
  readonly write: (asked: Asked<B>, key: string | null) => Promise<Result<unknown, DeskRefusal>>;
}

function writing<B>(desk: HallDesk, entry: Writing<B>): Route {
  const { path, access, operationId, summary, status, body, params = [], schema, problems = [], write } = entry;
  return route<B>({
    method: "POST",
    path: `/api/appointments${path}`,
    access,
    operationId,
    summary,
    ...(body !== undefined && { body }),
    params,
    headers: [IDEMPOTENCY_PARAMETER],
    answers: [{ status, schema, summary, type: JSON_TYPE }],
    problems: [...(access === "everybody" ? [] : GUARDED), ...WRITING, ...problems],
    async handle(asked) {
      if (!desk.ready()) return NOT_READY;
      const done = await write(asked, asked.header(IDEMPOTENCY_KEY) ?? null);
      return done.ok ? { status, body: done.value ?? { done: true } } : refusedFor(done.error);
    },
  });
}

function citizenRoutes(desk: HallDesk): Route[] {
  const { appointments } = desk;
  const access = "everybody";
  return [
    writing(desk, {
      path: "",
      access,
      operationId: "book-online",
      summary: "Books a slot. Number and check are all that is known of whoever books.",
      status: 201,
      body: OnlineBooking,
      schema: Booked,
      problems: ["too-many-bookings"],
      write: ({ body, address }, key) => appointments.bookOnline(body, { key, address }),
    }),
    writing(desk, {
      path: "/cancellations",
      access,
      operationId: "cancel-own-appointment",
      summary: "Gives a slot back with number and check, until it begins.",
      status: 200,
      body: BookingAtHand,
      schema: Done,
      problems: ["too-many-checks"],
      write: ({ body, address }, key) => appointments.cancelOwn(body, { key, address }),
    }),
    writing(desk, {
      path: "/check-ins",
      access,
      operationId: "check-in-appointment",
      summary: "Whoever booked is here: a ticket, with a reserved turn for whoever comes in time.",
      status: 201,
      body: BookingCheckIn,
      schema: CheckedIn,
      problems: ["too-many-checks"],
      write: ({ body, address }, key) => appointments.checkIn(body, { key, address }),
    }),
  ];
}

function keeperRoutes(desk: HallDesk): Route[] {
  const { appointments } = desk;
  const access = BOOK_KEEPERS;
  return [
    writing(desk, {
      path: "/desk",
      access,
      operationId: "book-at-desk",
      summary: "Books for a citizen at the desk or on the telephone.",
      status: 201,
      body: DeskBooking,
      schema: Booked,
      write: (asked, key) => appointments.bookAtDesk(asked.body, signedIn(asked), key),
    }),
    writing(desk, {
      path: "/{booking}/cancel",
      access,
      operationId: "cancel-appointment",
      summary: "Cancels a booking for its citizen, until its slot begins.",
      status: 200,
      params: [BOOKING],
      schema: Done,
      write: (asked) => appointments.cancel(asked.param("booking"), signedIn(asked)),
    }),
    writing(desk, {
      path: "/{booking}/check-in",
      access,
      operationId: "check-in-at-desk",
      summary: "The citizen of a booking stands at the desk: a ticket.",
      status: 201,
      params: [BOOKING],
      schema: CheckedIn,
      write: (asked, key) => appointments.checkInAtDesk(asked.param("booking"), signedIn(asked), key),
    }),
  ];
}
