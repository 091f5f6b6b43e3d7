import {
  assert,
  canonicalJson,
  type Enrolment,
  type EnrolmentRequest,
  type Random,
  type Result,
  accepted,
  refused,
  TicketId,
} from "../protocol/index.ts";
import type { Authority, EnrolmentFault } from "./adapters/authority/authority.ts";
import { type DeskRefusal, type HallDesk, IssuedTicket, type TicketRequest } from "./adapters/http/hall-desk.ts";
import type { ControllerMetrics } from "./adapters/metrics.ts";
import { clerkDesk } from "./clerk-desk.ts";
import type { Order } from "./core/commands.ts";
import type { HallEvent } from "./core/events.ts";
import { BUSY, CONFLICT, isBusy, refusalOf } from "./desk-refusals.ts";
import type { DeskSessions } from "./desk-sessions.ts";
import { digestOf } from "./engine/chain.ts";
import type { Engine, Outcome } from "./engine/engine.ts";
import { boardOf } from "./projections/board.ts";
import { hallOverview } from "./projections/hall-overview.ts";
import { countersOf, servicesOf } from "./projections/hall-picture.ts";
import { kioskOf } from "./projections/kiosk-picture.ts";
import type { TerminalWatch } from "./terminals/terminal-watch.ts";

export interface DeskParts {
  readonly engine: Engine;
  readonly authority: Authority;
  readonly watch: TerminalWatch;
  readonly metrics: ControllerMetrics;
  readonly random: Random;
  readonly sessions: DeskSessions;
  readonly ready: () => boolean;
}

const ENROLMENT_REFUSALS: { readonly [K in EnrolmentFault]: DeskRefusal } = {
  "bad-token": { code: "bad-token", detail: "The token is unknown, used, expired, or of another terminal." },
  "bad-request": { code: "malformed-csr", detail: "Send a PKCS#10 request for a P-256 key, signed by that key." },
  "too-many-attempts": { code: "too-many-attempts", detail: "Nobody is enrolled for an hour after ten wrong tokens." },
};

/** The hall behind its HTTP interface. */
export function frontDesk(parts: DeskParts): HallDesk {
  const { engine, watch, metrics, ready } = parts;
  const now = () => engine.time().at;
  return {
    ready,
    services: () => servicesOf(engine.hall),
    board() {
      if (engine.hall.configuration === null) return null;
      const { epoch, position } = engine.hall;
      return { ...boardOf(engine.hall, now()), epoch, rev: Math.max(1, position) };
    },
    counters: () => countersOf(engine.hall, now()),
    terminals: () => watch.pictures(),
    overview: () => hallOverview(engine.hall, now()),
    kiosk: () => (engine.hall.configuration === null ? null : kioskOf(engine.hall, now())),
    confirmPrint: (ticketId, printed) => submitted(parts, { type: "confirm-print", ticketId, printed }),
    reEnter: (ticketId) => submitted(parts, { type: "re-enter", ticketId }),
    clerks: clerkDesk(parts),
    issueTicket: (request, key) => issueTicket(parts, request, key),
    answerAssistance: (counterId) => submitted(parts, { type: "clear-assistance", counterId }),
    enrol: (request) => enrol(parts, request),
    metrics: async () => ({ text: await metrics.text(), type: metrics.contentType }),
  };
}

function issueTicket(
  { engine, random }: DeskParts,
  request: TicketRequest,
  key: string | null,
): Promise<Result<IssuedTicket, DeskRefusal>> {
  if (isBusy(engine)) return Promise.resolve(refused(BUSY));
  const ticketId = TicketId.parse(random.uuid());
  const { service, priority, awaitsPrint } = request;
  const order = {
    type: "issue-ticket",
    serviceId: service,
    ticketId,
    ...(priority !== undefined && { priority }),
    ...(awaitsPrint !== undefined && { awaitsPrint }),
  } as const;
  const idempotency = key === null ? {} : { key: keyOf(key, request) };
  return new Promise((resolve) => engine.submit(order, (outcome) => resolve(ticketOf(outcome)), idempotency));
}

const keyOf = (key: string, request: TicketRequest) => ({
  key: `ticket-request/${key}`,
  digest: digestOf(canonicalJson(request)),
  answerOf: (events: readonly HallEvent[]) => JSON.stringify(ticketIn(events)),
});

function ticketOf(outcome: Outcome): Result<IssuedTicket, DeskRefusal> {
  switch (outcome.type) {
    case "committed":
      return accepted(ticketIn(outcome.events));
    case "repeated":
      return accepted(IssuedTicket.parse(JSON.parse(outcome.answer)));
    case "conflict":
      return refused(CONFLICT);
    case "rejected":
      return refused(refusalOf(outcome.rejection));
  }
}

function ticketIn(events: readonly HallEvent[]): IssuedTicket {
  const issued = events.find((event) => event.type === "ticket.issued");
  assert(issued !== undefined, "a ticket that is not refused is issued");
  const { ticketId, number, serviceId, ahead } = issued.data;
  return { id: ticketId, number, service: serviceId, ahead, issuedAt: new Date(issued.recordedAtMs).toISOString() };
}

/** An order about one ticket, which is answered with no more than that it is done. */
function submitted({ engine }: DeskParts, order: Order): Promise<Result<null, DeskRefusal>> {
  if (isBusy(engine)) return Promise.resolve(refused(BUSY));
  return new Promise((resolve) =>
    engine.submit(order, (outcome) =>
      resolve(outcome.type === "rejected" ? refused(refusalOf(outcome.rejection)) : accepted(null)),
    ),
  );
}

async function enrol({ authority }: DeskParts, request: EnrolmentRequest): Promise<Result<Enrolment, DeskRefusal>> {
  const enrolled = await authority.enrol(request);
  return enrolled.ok ? enrolled : refused(ENROLMENT_REFUSALS[enrolled.error]);
}
