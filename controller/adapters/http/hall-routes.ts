import { z } from "zod";
import { Board, Enrolment, EnrolmentRequest } from "../../../protocol/index.ts";
import { CounterPicture, ServicePicture } from "../../projections/hall-picture.ts";
import { TerminalPicture } from "../../terminals/terminal-picture.ts";
import { type HallDesk, IssuedTicket, TicketRequest } from "./hall-desk.ts";
import { type Answer, JSON_TYPE, type Route, type RouteAnswer, route } from "./route.ts";

export const ServiceList = z.object({ services: z.array(ServicePicture) });
export const CounterList = z.object({ counters: z.array(CounterPicture) });
export const TerminalList = z.object({ terminals: z.array(TerminalPicture) });

export const IDEMPOTENCY_KEY = "idempotency-key";
const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,128}$/u, "1 to 128 visible ASCII characters");

const json = (status: number, schema: z.ZodType, summary: string): RouteAnswer => ({
  status,
  schema,
  summary,
  type: JSON_TYPE,
});
const ok = (body: unknown): Answer => ({ status: 200, body });
const NOT_READY: Answer = { refused: "not-ready", detail: "The hall is being recovered; ask again in a moment." };

/** The token and the hall's badge key would cross the network in the clear. Enrolment over TLS will end this. */
const LOOPBACK_ONLY: Answer = {
  refused: "enrolment-loopback-only",
  detail: "This interface is not encrypted: enrol on the controller's machine, or through a tunnel that ends there.",
};

/** What the hall tells and takes. */
export const hallRoutes = (desk: HallDesk): readonly Route[] => [...pictureRoutes(desk), ...requestRoutes(desk)];

function pictureRoutes(desk: HallDesk): readonly Route[] {
  const picture = (name: string, schema: z.ZodType, summary: string, read: () => unknown): Route =>
    route({
      method: "GET",
      path: `/api/${name}`,
      operationId: `read-${name}`,
      summary,
      answers: [json(200, schema, summary)],
      problems: ["not-ready"],
      handle: () => {
        const seen = desk.ready() ? read() : null;
        return seen === null ? NOT_READY : ok(seen);
      },
    });
  return [
    picture("services", ServiceList, "Services, and how many wait for each.", () => ({ services: desk.services() })),
    picture("board", Board, "Everything a public screen shows.", () => desk.board()),
    picture("counters", CounterList, "Every window, as it is now.", () => ({ counters: desk.counters() })),
    picture("terminals", TerminalList, "Every terminal, as it is now.", () => ({ terminals: desk.terminals() })),
  ];
}

function requestRoutes(desk: HallDesk): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/api/tickets",
      operationId: "issue-ticket",
      summary: "Issues a ticket. It is on disk before it is answered.",
      body: TicketRequest,
      headers: [
        {
          name: IDEMPOTENCY_KEY,
          schema: IdempotencyKey,
          summary: "The same key with the same body gives the same ticket, however often it is sent.",
        },
      ],
      answers: [json(201, IssuedTicket, "The ticket.")],
      problems: [
        "malformed-request",
        "unknown-service",
        "not-open",
        "series-exhausted",
        "key-reused",
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
    route({
      method: "POST",
      path: "/api/enrolment",
      operationId: "enrol-terminal",
      summary:
        "Exchanges a one-time token and a certificate request for a terminal's certificate. Over the loopback only.",
      body: EnrolmentRequest,
      answers: [json(201, Enrolment, "What the terminal keeps.")],
      problems: ["malformed-request", "malformed-csr", "bad-token", "enrolment-loopback-only", "too-many-attempts"],
      async handle({ body, local }) {
        if (!local) return LOOPBACK_ONLY;
        const enrolled = await desk.enrol(body);
        if (!enrolled.ok) return { refused: enrolled.error.code, detail: enrolled.error.detail };
        return { status: 201, body: enrolled.value, headers: { "cache-control": "no-store" } };
      },
    }),
  ];
}
