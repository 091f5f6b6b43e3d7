import { onTestFinished } from "vitest";
import type { ClerkDesk } from "../../../controller/adapters/http/clerk-desk.ts";
import type { DeskRefusal } from "../../../controller/adapters/http/desk-refusal.ts";
import type { HallDesk, IssuedTicket } from "../../../controller/adapters/http/hall-desk.ts";
import { type HttpServer, startHttpServer } from "../../../controller/adapters/http/http-server.ts";
import type { TerminalPicture } from "../../../controller/terminals/terminal-picture.ts";
import type { KioskPicture } from "../../../controller/projections/kiosk-picture.ts";
import type { FrontDoor } from "../../../controller/adapters/http/front-door.ts";
import { sessionCookie } from "../../../controller/adapters/http/session-cookie.ts";
import { type Role, ROLES } from "../../../controller/core/access/actor.ts";
import { actorOf } from "../../support/signed-in.ts";
import { route } from "../../../controller/adapters/http/route.ts";
import type { HallOverview } from "../../../controller/projections/hall-overview.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import {
  accepted,
  type Board,
  bilingual,
  type Clock,
  CounterId,
  refused,
  ServiceId,
  silentLog,
  TerminalId,
  TicketId,
  TicketNumber,
} from "../../../protocol/index.ts";
import { CLOSED_BOOK } from "../../support/closed-book.ts";
import { CLOSED_EXPORTS, CLOSED_OFFICE, CLOSED_PAPERS } from "../../support/closed-office.ts";

const APPLY = ServiceId.parse("apply");
const TICKET: IssuedTicket = {
  id: TicketId.parse("00000000-0000-4000-8000-000000000001"),
  number: TicketNumber.parse("A001"),
  check: "0001",
  service: APPLY,
  ahead: 0,
  issuedAt: "2026-03-02T01:00:00.000Z",
};

const TITLE = bilingual("综合", "General");
const text = bilingual("没有此号", "No such ticket");
const NO_TICKET: DeskRefusal = {
  code: "action-refused",
  detail: `${text.zh} ${text.en}`,
  reason: { code: "no-such-ticket", text },
};
const NO_SESSION: DeskRefusal = { code: "no-session", detail: "Nobody is on duty." };
const NOBODY_AT_THE_DESK: ClerkDesk = {
  picture: () => refused(NO_SESSION),
  act: () => Promise.resolve(refused(NO_SESSION)),
};

const openKiosk = (name: string, waiting: number): KioskPicture => ({
  hall: bilingual("大厅", name),
  open: true,
  closesAtMs: 1,
  opensAtMs: null,
  services: [{ id: APPLY, name: TITLE, open: true, why: null, text: null, opensAtMs: null, waiting, left: 7 }],
  priorities: [],
  numbers: [{ letter: "A", digits: 3 }],
});

const ONLINE: TerminalPicture = {
  terminal: TerminalId.parse("t1"),
  counter: CounterId.parse("1"),
  online: true,
  sinceMs: 1,
  firmware: "0.1.0",
  session: 1,
  heardAgoMs: 5,
  face: { sent: 2, shown: 2 },
  faults: [],
  health: null,
};

/** A hall that knows one service, one window and one terminal, and does nothing but what a test tells it. */
export interface StubDesk extends HallDesk {
  open: boolean;
  waiting: number;
  keys: (string | null)[];
  /** Name of the hall on the board. */
  name: string;
}

const overviewOf = ({ name, waiting }: StubDesk): HallOverview => ({
  hall: bilingual("大厅", name),
  working: true,
  alarms: [],
  restored: null,
  counters: [],
  queues: [],
  today: { issued: 0, served: 0, noShow: 0, waiting, held: 0, ratingsAsked: 0, ratingsGiven: 0 },
});

export function stubDesk(): StubDesk {
  const title = TITLE;
  const desk: StubDesk = {
    open: true,
    waiting: 3,
    keys: [],
    name: "Hall",
    ready: () => desk.open,
    services: () => [{ id: APPLY, name: title, waiting: desk.waiting }],
    board: (): Board => ({
      v: 1,
      epoch: 1,
      rev: 1,
      hall: bilingual("大厅", desk.name),
      lines: [],
      waiting: [{ service: APPLY, name: title, waiting: desk.waiting }],
      announcing: [],
      paused: [],
      hours: [],
      hotline: null,
      notices: [],
    }),
    counters: () => [
      {
        counter: CounterId.parse("1"),
        terminal: TerminalId.parse("t1"),
        title,
        phase: "closed",
        person: null,
        pause: null,
        ticketNumber: null,
        callCount: 0,
        waiting: desk.waiting,
      },
    ],
    terminals: () => [ONLINE],
    refusals: () => [],
    issueTicket({ service }, key) {
      desk.keys.push(key);
      const unknown = { code: "unknown-service", detail: `${service} is not a service of this hall.` } as const;
      return Promise.resolve(service === APPLY ? accepted(TICKET) : refused(unknown));
    },
    kiosk: () => openKiosk(desk.name, desk.waiting),
    overview: () => overviewOf(desk),
    confirmPrint: (ticket) => Promise.resolve(ticket === TICKET.id ? accepted(null) : refused(NO_TICKET)),
    reEnter: (ticket) => Promise.resolve(ticket === TICKET.id ? accepted(null) : refused(NO_TICKET)),
    reEnterByNumber: ({ number, check }) =>
      Promise.resolve(number === TICKET.number && check === TICKET.check ? accepted({ number }) : refused(NO_TICKET)),
    clerks: NOBODY_AT_THE_DESK,
    appointments: CLOSED_BOOK,
    office: CLOSED_OFFICE,
    papers: CLOSED_PAPERS,
    exports: CLOSED_EXPORTS,
    settleRestored: async () => accepted(null),
    viewed: async () => accepted(null),
    writable: () => true,
    answerAssistance: (counter) =>
      Promise.resolve(
        counter === "1" ? accepted(null) : refused({ code: "unknown-counter", detail: "No such window." }),
      ),
    enrol: () => Promise.resolve(refused({ code: "bad-token", detail: "The token is unknown, used or expired." })),
    metrics: () => Promise.resolve({ text: "hallward_epoch 1\n", type: "text/plain; version=0.0.4" }),
  };
  return desk;
}

/** Whoever carries a role's token has that role. */
export const as = (role: Role): { readonly cookie: string } => ({ cookie: sessionCookie(tokenOf(role), false) });
const tokenOf = (role: Role): string => String(ROLES.indexOf(role)).repeat(64);

/** A door through which nobody comes but with the tokens above. */
export interface StubDoor extends FrontDoor {
  /** Roles whose sessions are over. */
  readonly gone: Set<Role>;
}

export function stubDoor(): StubDoor {
  const gone = new Set<Role>();
  const nobody = () => Promise.resolve(refused({ code: "bad-credentials", detail: "Nobody has an account." } as const));
  return {
    gone,
    actorOf(token) {
      const role = ROLES.find((known) => tokenOf(known) === token);
      return role === undefined || gone.has(role) ? null : actorOf(role);
    },
    signIn: nobody,
    signOut: () => {},
    changePassword: nobody,
    makeFirst: nobody,
  };
}

export interface StubServer {
  readonly door: StubDoor;
  readonly desk: StubDesk;
  readonly server: HttpServer;
  readonly base: string;
  /** A JSON body with POST, or what `init` says. */
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
}

export async function startStubServer(clock: Clock = systemClock): Promise<StubServer> {
  const desk = stubDesk();
  const door = stubDoor();
  const page = route({
    method: "GET",
    path: "/board",
    access: "everybody",
    operationId: "read-board-page",
    summary: "The board, as a page.",
    answers: [{ status: 200, summary: "HTML.", type: "text/html" }],
    problems: [],
    handle: () => ({ text: "<!doctype html>", type: "text/html; charset=utf-8" }),
  });
  const broken = route({
    method: "GET",
    path: "/broken",
    access: "everybody",
    operationId: "break",
    summary: "A handler with a bug.",
    answers: [{ status: 200, summary: "Never.", type: "text/html" }],
    problems: [],
    handle: () => {
      throw new TypeError("a secret inside");
    },
  });
  const server = await startHttpServer({
    host: "127.0.0.1",
    port: 0,
    names: ["hall.example"],
    version: "0.1.0",
    desk,
    door,
    pages: [page, broken],
    clock,
    log: silentLog,
  });
  onTestFinished(() => server.close());
  const base = `http://127.0.0.1:${server.port}`;
  const post: StubServer["post"] = (path, body, headers = {}) =>
    fetch(`${base}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return { desk, door, server, base, post };
}
