// Deny by default: this table names EVERY route of the controller and who may use it. A new route is not served before
// it stands here, and nobody who is not named gets more than a refusal. Over real sockets, with a stub for the hall.
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { LiveEvents } from "../../../controller/adapters/http/live-events.ts";
import { allRoutes, startHttpServer } from "../../../controller/adapters/http/http-server.ts";
import type { Route } from "../../../controller/adapters/http/route.ts";
import { pageRoutes } from "../../../controller/web/page-routes.ts";
import { ROLES } from "../../../controller/core/access/actor.ts";
import { silentLog } from "../../../protocol/index.ts";
import { as, stubDesk, stubDoor } from "./stub-desk.ts";

/** "everybody", "signed-in", or roles. */
const TABLE: Readonly<Record<string, string>> = {
  "GET /": "everybody",
  "GET /board": "everybody",
  "GET /board.css": "everybody",
  "GET /board.js": "everybody",
  "GET /kiosk": "everybody",
  "GET /kiosk.css": "everybody",
  "GET /kiosk.js": "everybody",
  "GET /book": "everybody",
  "GET /book.css": "everybody",
  "GET /book.js": "everybody",
  "GET /appointments": "signed-in",
  "GET /appointments.css": "everybody",
  "GET /appointments.js": "everybody",
  "GET /counter/:id": "signed-in",
  "GET /counter.css": "everybody",
  "GET /counter.js": "everybody",
  "GET /hall": "head manager inspector office",
  "GET /hall.css": "everybody",
  "GET /hall.js": "everybody",
  "GET /leave": "signed-in",
  "GET /leave.css": "everybody",
  "GET /leave.js": "everybody",
  "GET /sheet": "signed-in",
  "GET /sheet.css": "everybody",
  "GET /sheet.js": "everybody",
  "GET /record": "signed-in",
  "GET /record.css": "everybody",
  "GET /record.js": "everybody",
  "GET /today": "signed-in",
  "GET /today.css": "everybody",
  "GET /today.js": "everybody",
  "GET /policy": "signed-in",
  "GET /policy.css": "everybody",
  "GET /policy.js": "everybody",
  "GET /sign-in": "everybody",
  "GET /sign-in.css": "everybody",
  "GET /sign-in.js": "everybody",
  "GET /icon.svg": "everybody",
  "GET /healthz": "everybody",
  "GET /readyz": "everybody",
  "GET /metrics": "everybody",
  "GET /api/openapi.json": "everybody",
  "GET /api/session": "everybody",
  "POST /api/session": "everybody",
  "POST /api/session/end": "everybody",
  "POST /api/session/password": "signed-in",
  "POST /api/first-account": "everybody",
  "GET /api/services": "everybody",
  "GET /api/kiosk": "everybody",
  "GET /api/board": "everybody",
  "GET /api/events": "everybody",
  "POST /api/tickets": "everybody",
  "POST /api/tickets/{ticket}/printed": "everybody",
  "POST /api/tickets/{ticket}/print-failed": "everybody",
  "POST /api/tickets/{ticket}/re-enter": "everybody",
  "POST /api/re-entries": "everybody",
  "POST /api/enrolment": "everybody",
  "GET /api/appointments": "everybody",
  "GET /api/appointments/slots/{service}/{date}": "everybody",
  "GET /api/appointments/days/{date}": "staff head manager office inspector",
  "GET /api/appointments/breaches": "head manager inspector office",
  "POST /api/appointments": "everybody",
  "POST /api/appointments/cancellations": "everybody",
  "POST /api/appointments/check-ins": "everybody",
  "POST /api/appointments/desk": "staff head manager office",
  "POST /api/appointments/{booking}/cancel": "staff head manager office",
  "POST /api/appointments/{booking}/check-in": "staff head manager office",
  "GET /api/counters": "head manager inspector office",
  "GET /api/terminals": "head manager inspector office",
  "GET /api/refusals": "head manager inspector office",
  "GET /api/overview": "head manager inspector office",
  "GET /api/overview/events": "head manager inspector office",
  "POST /api/counters/{counter}/assistance/answered": "head manager",
  "POST /api/restored/tickets": "head manager",
  "GET /api/counters/{counter}/desk": "signed-in",
  "POST /api/counters/{counter}/actions": "signed-in",
  // Whose record, whose unit, whose signature: the office decides it, see office-routes.test.ts.
  "GET /api/attendance/policy": "signed-in",
  "GET /api/attendance/today": "signed-in",
  "GET /api/attendance/filing": "signed-in",
  "POST /api/attendance/filing/preview": "signed-in",
  "GET /api/attendance/sheets/{unit}/{period}": "signed-in",
  "GET /api/attendance/sheets/{unit}/{period}/{format}": "signed-in",
  "GET /api/attendance/records/{person}/{period}": "signed-in",
  "GET /api/attendance/records/{person}/{period}/export": "signed-in",
  "GET /api/attendance/documents/{kind}": "signed-in",
  "GET /api/attendance/cover": "signed-in",
  "GET /api/attendance/publications": "signed-in",
  "GET /api/attendance/evidence/{digest}": "signed-in",
  "POST /api/attendance/documents": "signed-in",
  "POST /api/attendance/documents/{document}/decisions": "signed-in",
  "POST /api/attendance/publications": "signed-in",
  "POST /api/attendance/evidence": "signed-in",
  "POST /api/attendance/evidence/{digest}/erasure": "signed-in",
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

function routesOf(): readonly Route[] {
  const live = new LiveEvents(systemClock, () => null);
  onTestFinished(() => live.close());
  const parts = { desk: stubDesk(), door: stubDoor(), pages: pageRoutes("Asia/Shanghai"), version: "0" };
  return allRoutes(parts, { live, overview: live });
}

test("every route stands in the table, with exactly those who may use it", () => {
  const found = routesOf().map((entry) => [nameOf(entry), [entry.access].flat().join(" ")]);
  expect(Object.fromEntries(found)).toEqual(TABLE);
});

test("whoever is not named is refused by the server itself: nobody, and every other role", async () => {
  const open = { host: "127.0.0.1", port: 0, names: [], version: "0", clock: systemClock, log: silentLog };
  const pages = pageRoutes("Asia/Shanghai");
  const server = await startHttpServer({ ...open, desk: stubDesk(), door: stubDoor(), pages });
  onTestFinished(() => server.close());
  const ask = async (name: string, headers: Readonly<Record<string, string>>): Promise<number> => {
    const [method = "", path = ""] = name.split(" ");
    const url = `http://127.0.0.1:${server.port}${path.replace(/\{ticket\}|\{counter\}|:id/u, "1")}`;
    const stop = new AbortController();
    const { status } = await fetch(url, { method, headers, redirect: "manual", signal: stop.signal });
    stop.abort();
    return status;
  };
  for (const [name, access] of Object.entries(TABLE)) {
    if (access === "everybody") continue;
    const isPage = !name.includes("/api/");
    expect([name, await ask(name, {})]).toEqual([name, isPage ? 303 : 401]);
    for (const role of ROLES) {
      const status = await ask(name, as(role));
      const may = access === "signed-in" || access.split(" ").includes(role);
      const refused = isPage ? status === 303 : status === 403 && access !== "signed-in";
      expect([name, role, refused]).toEqual([name, role, !may]);
    }
  }
});

test("a POST from another site's page is refused, whoever is signed in; one from our own is not", async () => {
  const open = { host: "127.0.0.1", port: 0, names: [], version: "0", clock: systemClock, log: silentLog };
  const server = await startHttpServer({ ...open, desk: stubDesk(), door: stubDoor(), pages: [] });
  onTestFinished(() => server.close());
  const base = `http://127.0.0.1:${server.port}`;
  const from = async (headers: Readonly<Record<string, string>>): Promise<number> => {
    const url = `${base}/api/counters/1/assistance/answered`;
    return (await fetch(url, { method: "POST", headers: { ...as("manager"), ...headers } })).status;
  };
  expect(await from({})).toBe(200); // No browser at all.
  expect(await from({ origin: base })).toBe(200);
  expect(await from({ origin: "https://elsewhere.example" })).toBe(403);
  expect(await from({ origin: `http://127.0.0.1:${server.port + 1}` })).toBe(403);
  expect(await from({ origin: "null" })).toBe(403);
});
