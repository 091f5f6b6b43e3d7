// Proves that nobody reads or acts at a window's desk but who is on duty there, with the token the controller wrote for
// that window: deny by default, one-time, bound to the badge session. A whole controller, real files and sockets.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { badge } from "../../support/test-hall.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { type RunningHall, startHall } from "../controller/running-hall.ts";
import type { WireTerminal } from "../controller/wire-terminal.ts";

type Body = Record<string, unknown>;

const tokenFile = (directory: string): string => join(directory, "keys", "desk-tokens.json");

function tokenOf(directory: string, counter: string): string {
  const { tokens } = JSON.parse(readFileSync(tokenFile(directory), "utf8")) as {
    tokens: { counter: string; token: string; address: string }[];
  };
  const found = tokens.find((entry) => entry.counter === counter);
  expect(found?.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/counter\/\d#token=[0-9a-f]{32}$/u);
  return found?.token ?? "";
}

interface Desk {
  readonly hall: RunningHall;
  readonly directory: string;
  readonly terminal: WireTerminal;
  readonly bearer: string;
  readonly act: (action: Body, headers?: Record<string, string>) => Promise<Response>;
  readonly read: (headers?: Record<string, string>) => Promise<Response>;
}

async function openDesk(): Promise<Desk> {
  const directory = hallDirectory();
  const hall = await startHall(directory);
  const terminal = await hall.terminal(1);
  await terminal.untilPhase("closed");
  await terminal.input("badge-presented", { badge: badge(1) });
  await terminal.untilPhase("idle");
  const started = await hall.post("/api/counters/1/session", { token: tokenOf(directory, "1") });
  expect(started.status).toBe(201);
  expect(started.headers.get("set-cookie")).toMatch(
    /^hallward-desk-1=\S+; Path=\/api\/counters\/1; HttpOnly; SameSite/u,
  );
  const { bearer, staff } = (await started.json()) as { bearer: string; staff: string };
  expect(staff).toBe("s01");
  const own = { authorization: `Bearer ${bearer}` };
  return {
    hall,
    directory,
    terminal,
    bearer,
    act: (action, headers = own) => hall.post("/api/counters/1/actions", action, headers),
    read: (headers = own) => fetch(`${hall.base}/api/counters/1/desk`, { headers }),
  };
}

const bodyOf = async (response: Response): Promise<Body> => (await response.json()) as Body;

test("the tokens lie in a file of mode 0600, one per window", async () => {
  const directory = hallDirectory();
  await startHall(directory);
  expect(statSync(tokenFile(directory)).mode & 0o777).toBe(0o600);
  expect(tokenOf(directory, "1")).not.toBe(tokenOf(directory, "2"));
});

test("deny by default: no token, a wrong one, another window's, a used one, nobody on duty", async () => {
  const { hall, directory, bearer, act, read } = await openDesk();
  const start = async (counter: string, token: string) =>
    bodyOf(await hall.post(`/api/counters/${counter}/session`, { token }));
  expect(await start("1", "0".repeat(32))).toMatchObject({ status: 403, code: "bad-desk-token" });
  expect(await start("1", tokenOf(directory, "2"))).toMatchObject({ status: 403, code: "bad-desk-token" });
  const nobody = { status: 409, code: "action-refused", reason: { code: "nobody-on-duty" } };
  expect(await start("2", tokenOf(directory, "2"))).toMatchObject(nobody);
  expect((await act({ action: "pause" }, {})).status).toBe(401);
  expect((await act({ action: "pause" }, { authorization: "Bearer x" })).status).toBe(401);
  expect((await read({})).status).toBe(401);
  const elsewhere = await fetch(`${hall.base}/api/counters/2/desk`, { headers: { authorization: `Bearer ${bearer}` } });
  expect(elsewhere.status).toBe(401);
});

test("a token is good once: the session draws the next, and both sessions hold", async () => {
  const directory = hallDirectory();
  const hall = await startHall(directory);
  const terminal = await hall.terminal(1);
  await terminal.untilPhase("closed");
  await terminal.input("badge-presented", { badge: badge(1) });
  const token = tokenOf(directory, "1");
  expect((await hall.post("/api/counters/1/session", { token })).status).toBe(201);
  expect((await hall.post("/api/counters/1/session", { token })).status).toBe(403);
  expect((await hall.post("/api/counters/1/session", { token: tokenOf(directory, "1") })).status).toBe(201);
});

test("the desk tells what waits; an action is done, seen, and on record once per key", async () => {
  const { hall, terminal, bearer, act, read } = await openDesk();
  await hall.post("/api/tickets", { service: "apply" });
  const second = (await bodyOf(await hall.post("/api/tickets", { service: "tax" })))["id"];
  expect(await bodyOf(await read())).toMatchObject({
    counter: "1",
    phase: "idle",
    person: { staffId: "s01" },
    waitingTotal: 2,
    waiting: [
      { number: "A001", service: "apply", there: true },
      { number: "A002", service: "tax" },
    ],
    ticketsOpen: true,
    counters: [{ counter: "1" }, { counter: "2", person: null }],
  });
  const call = { action: "call-ticket", ticket: second, reason: "urgent" };
  const key = { authorization: `Bearer ${bearer}`, "idempotency-key": "click-1" };
  const answers = [await act(call, key), await act(call, key)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  for (const answer of answers) expect(await bodyOf(answer)).toMatchObject({ number: "A002", text: { zh: "已呼叫" } });
  expect((await terminal.untilPhase("called")).nameplate.ticketNumber).toBe("A002");
  expect(await bodyOf(await act(call))).toMatchObject({
    status: 409,
    code: "action-refused",
    reason: { code: "has-ticket", text: { zh: "当前号未办结", en: "Ticket still open" } },
  });
  expect((await act({ action: "dance" })).status).toBe(400);
});

test("a kiosk's ticket: awaited, failed, printed; an unknown one is refused in both languages", async () => {
  const hall = await startHall(hallDirectory());
  const { id } = await bodyOf(await hall.post("/api/tickets", { service: "apply", awaitsPrint: true }));
  expect(await hall.get("/api/kiosk")).toMatchObject({
    open: true,
    services: [{ id: "apply", open: true, waiting: 0 }, {}, {}],
  });
  const report = (ticket: unknown, what: string) => hall.post(`/api/tickets/${String(ticket)}/${what}`, {});
  expect((await report(id, "print-failed")).status).toBe(200);
  expect((await report(id, "printed")).status).toBe(200);
  expect(await hall.get("/api/kiosk")).toMatchObject({ services: [{ waiting: 1 }, {}, {}] });
  const nowhere = await report("00000000-0000-4000-8000-000000000000", "re-enter");
  expect(await bodyOf(nowhere)).toMatchObject({ code: "action-refused", reason: { code: "no-such-ticket" } });
  expect((await report("nonsense", "printed")).status).toBe(400);
  const path = await fetch(`${hall.base}/api/tickets/${String(id)}/printed`);
  expect([path.status, path.headers.get("allow")]).toEqual([405, "POST"]);
});

test("an unknown priority class is refused", async () => {
  const hall = await startHall(hallDirectory());
  const answer = await hall.post("/api/tickets", { service: "apply", priority: "boss" });
  expect(await bodyOf(answer)).toMatchObject({ status: 404, code: "unknown-priority" });
});
