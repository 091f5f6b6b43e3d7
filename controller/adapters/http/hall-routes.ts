import { z } from "zod";
import { Board, CounterId, Enrolment, EnrolmentRequest } from "../../../protocol/index.ts";
import { HallOverview } from "../../projections/hall-overview.ts";
import { CounterPicture, ServicePicture } from "../../projections/hall-picture.ts";
import { RefusalPicture } from "../../terminals/refusal-book.ts";
import { TerminalPicture } from "../../terminals/terminal-picture.ts";
import { KioskPicture } from "../../projections/kiosk-picture.ts";
import { type Access, HALL_KEEPERS, HALL_WATCHERS } from "./access.ts";
import { appointmentRoutes } from "./appointment-routes.ts";
import { clerkRoutes } from "./clerk-routes.ts";
import { type HallDesk, IssuedTicket, TicketRequest } from "./hall-desk.ts";
import { IDEMPOTENCY_KEY, IDEMPOTENCY_PARAMETER, NOT_READY } from "./idempotency.ts";
import { Done, kioskRoutes } from "./kiosk-routes.ts";
import { officeRoutes } from "./office-routes.ts";
import { restoreRoutes } from "./restore-routes.ts";
import { type Answer, JSON_TYPE, type Route, type RouteAnswer, type RouteParameter, route, signedIn } from "./route.ts";

export const ServiceList = z.object({ services: z.array(ServicePicture) });
export const CounterList = z.object({ counters: z.array(CounterPicture) });
export const RefusalList = z.object({ refusals: z.array(RefusalPicture) });
export const TerminalList = z.object({ terminals: z.array(TerminalPicture) });

const json = (status: number, schema: z.ZodType, summary: string): RouteAnswer => ({
  status,
  schema,
  summary,
  type: JSON_TYPE,
});
const ok = (body: unknown): Answer => ({ status: 200, body });

/** The token and the hall's badge key would cross the network in the clear. Enrolment over TLS will end this. */
const LOOPBACK_ONLY: Answer = {
  refused: "enrolment-loopback-only",
  detail: "This interface is not encrypted: enrol on the controller's machine, or through a tunnel that ends there.",
};

/** What the hall tells and takes. */
export const hallRoutes = (desk: HallDesk): readonly Route[] => [
  ...pictureRoutes(desk),
  ...requestRoutes(desk),
  ...kioskRoutes(desk),
  ...restoreRoutes(desk),
  ...clerkRoutes(desk),
  ...appointmentRoutes(desk),
  ...officeRoutes(desk),
];

function pictureRoutes(desk: HallDesk): readonly Route[] {
  type Read = () => unknown;
  const picture = (access: Access, name: string, schema: z.ZodType, summary: string, read: Read): Route =>
    route({
      method: "GET",
      path: `/api/${name}`,
      access,
      operationId: `read-${name}`,
      summary,
      answers: [json(200, schema, summary)],
      problems: access === "everybody" ? ["not-ready"] : ["not-signed-in", "not-allowed", "not-ready"],
      handle: () => {
        const seen = desk.ready() ? read() : null;
        return seen === null ? NOT_READY : ok(seen);
      },
    });
  return [
    picture("everybody", "services", ServiceList, "Services, and how many wait for each.", () => ({
      services: desk.services(),
    })),
    picture("everybody", "kiosk", KioskPicture, "What a kiosk shows: services, and what is closed and why.", () =>
      desk.kiosk(),
    ),
    picture("everybody", "board", Board, "Everything a public screen shows.", () => desk.board()),
    ...watcherPictures(desk, (...what) => picture(HALL_WATCHERS, ...what)),
  ];
}

type Picture = (name: string, schema: z.ZodType, summary: string, read: () => unknown) => Route;

const watcherPictures = (desk: HallDesk, picture: Picture): readonly Route[] => [
  picture("counters", CounterList, "Every window, as it is now.", () => ({ counters: desk.counters() })),
  picture("overview", HallOverview, "The hall as those who run it see it.", () => desk.overview()),
  picture("refusals", RefusalList, "What was refused at the wire, the latest first.", () => ({
    refusals: desk.refusals(),
  })),
  picture("terminals", TerminalList, "Every terminal, as it is now.", () => ({ terminals: desk.terminals() })),
];

function requestRoutes(desk: HallDesk): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/api/tickets",
      access: "everybody",
      operationId: "issue-ticket",
      summary: "Issues a ticket. It is on disk before it is answered.",
      body: TicketRequest,
      headers: [IDEMPOTENCY_PARAMETER],
      answers: [json(201, IssuedTicket, "The ticket.")],
      problems: [
        "malformed-request",
        "unknown-service",
        "unknown-priority",
        "not-open",
        "contingent-exhausted",
        "series-exhausted",
        "key-reused",
        "hall-cannot-write",
        "too-busy",
        "not-ready",
      ],
      async handle({ body, header }) {
        if (!desk.ready()) return NOT_READY;
        const issued = await desk.issueTicket(body, header(IDEMPOTENCY_KEY) ?? null);
        if (!issued.ok) return { refused: issued.error.code, detail: issued.error.detail };
        return { status: 201, body: issued.value };
      },
    }),
    answerRoute(desk),
    route({
      method: "POST",
      path: "/api/enrolment",
      access: "everybody",
      operationId: "enrol-terminal",
      summary:
        "Exchanges a one-time token and a certificate request for a terminal's certificate. Over the loopback only.",
      body: EnrolmentRequest,
      answers: [json(201, Enrolment, "What the terminal keeps.")],
      problems: [
        "malformed-request",
        "malformed-csr",
        "bad-token",
        "enrolment-loopback-only",
        "too-many-attempts",
        "hall-cannot-write",
      ],
      async handle({ body, local }) {
        if (!local) return LOOPBACK_ONLY;
        const enrolled = await desk.enrol(body);
        if (!enrolled.ok) return { refused: enrolled.error.code, detail: enrolled.error.detail };
        return { status: 201, body: enrolled.value, headers: { "cache-control": "no-store" } };
      },
    }),
  ];
}

const COUNTER: RouteParameter = { name: "counter", schema: CounterId, summary: "The window that called for help." };

const answerRoute = (desk: HallDesk): Route =>
  route({
    method: "POST",
    path: "/api/counters/{counter}/assistance/answered",
    access: HALL_KEEPERS,
    operationId: "answer-assistance",
    summary: "Somebody of the hall has seen to a window's call for help.",
    params: [COUNTER],
    answers: [json(200, Done, "It is on record. A repeat changes nothing.")],
    problems: [
      "malformed-request",
      "not-signed-in",
      "not-allowed",
      "unknown-counter",
      "hall-cannot-write",
      "too-busy",
      "not-ready",
    ],
    async handle({ param, actor }) {
      if (!desk.ready()) return NOT_READY;
      const answered = await desk.answerAssistance(CounterId.parse(param("counter")), signedIn({ actor }));
      if (!answered.ok) return { refused: answered.error.code, detail: answered.error.detail };
      return ok({ done: true });
    },
  });
