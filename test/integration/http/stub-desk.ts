import { onTestFinished } from "vitest";
import type { HallDesk, IssuedTicket } from "../../../controller/adapters/http/hall-desk.ts";
import { type HttpServer, startHttpServer } from "../../../controller/adapters/http/http-server.ts";
import { route } from "../../../controller/adapters/http/route.ts";
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

const APPLY = ServiceId.parse("apply");
const TICKET: IssuedTicket = {
  id: TicketId.parse("00000000-0000-4000-8000-000000000001"),
  number: TicketNumber.parse("A001"),
  service: APPLY,
  ahead: 0,
  issuedAt: "2026-03-02T01:00:00.000Z",
};

/** A hall that knows one service, one window and one terminal, and does nothing but what a test tells it. */
export interface StubDesk extends HallDesk {
  open: boolean;
  waiting: number;
  keys: (string | null)[];
  /** Name of the hall on the board. */
  name: string;
}

export function stubDesk(): StubDesk {
  const title = bilingual("综合", "General");
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
      announcing: null,
    }),
    counters: () => [
      {
        counter: CounterId.parse("1"),
        terminal: TerminalId.parse("t1"),
        title,
        phase: "closed",
        person: null,
        ticketNumber: null,
        callCount: 0,
        waiting: desk.waiting,
      },
    ],
    terminals: () => [
      {
        terminal: TerminalId.parse("t1"),
        counter: CounterId.parse("1"),
        online: true,
        sinceMs: 1,
        firmware: "0.1.0",
        session: 1,
        heardAgoMs: 5,
        face: { sent: 2, shown: 2 },
        health: null,
      },
    ],
    issueTicket({ service }, key) {
      desk.keys.push(key);
      const unknown = { code: "unknown-service", detail: `${service} is not a service of this hall.` } as const;
      return Promise.resolve(service === APPLY ? accepted(TICKET) : refused(unknown));
    },
    enrol: () => Promise.resolve(refused({ code: "bad-token", detail: "The token is unknown, used or expired." })),
    metrics: () => Promise.resolve({ text: "hallward_epoch 1\n", type: "text/plain; version=0.0.4" }),
  };
  return desk;
}

export interface StubServer {
  readonly desk: StubDesk;
  readonly server: HttpServer;
  readonly base: string;
  /** A JSON body with POST, or what `init` says. */
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
}

export async function startStubServer(clock: Clock = systemClock): Promise<StubServer> {
  const desk = stubDesk();
  const page = route({
    method: "GET",
    path: "/board",
    operationId: "read-board-page",
    summary: "The board, as a page.",
    answers: [{ status: 200, summary: "HTML.", type: "text/html" }],
    problems: [],
    handle: () => ({ text: "<!doctype html>", type: "text/html; charset=utf-8" }),
  });
  const broken = route({
    method: "GET",
    path: "/broken",
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
  return { desk, server, base, post };
}
