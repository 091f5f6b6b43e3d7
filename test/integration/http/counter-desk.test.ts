// Proves that nobody reads or acts at a window's desk but whoever is signed in and on duty there: deny by default,
// bound to the badge. A whole controller, real files and sockets.
import { expect, test } from "vitest";
import { StaffId } from "../../../protocol/index.ts";
import { badge } from "../../support/test-hall.ts";
import { giveAccount } from "../../support/signed-in.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { type RunningHall, startHall } from "../controller/running-hall.ts";
import type { WireTerminal } from "../controller/wire-terminal.ts";

type Body = Record<string, unknown>;
type Headers = Readonly<Record<string, string>>;

interface Desk {
  readonly hall: RunningHall;
  readonly directory: string;
  readonly terminal: WireTerminal;
  readonly own: Headers;
  readonly act: (action: Body, headers?: Headers) => Promise<Response>;
  readonly read: (headers?: Headers) => Promise<Response>;
}

async function openDesk(): Promise<Desk> {
  const directory = hallDirectory();
  const hall = await startHall(directory);
  const terminal = await hall.terminal(1);
  await terminal.untilPhase("closed");
  const own = await hall.as("clerk");
  const read: Desk["read"] = (headers = own) => fetch(`${hall.base}/api/counters/1/desk`, { headers });
  expect((await read()).status).toBe(403);
  await terminal.input("badge-presented", { badge: badge(1) });
  await terminal.untilPhase("idle");
  const act: Desk["act"] = (action, headers = own) => hall.post("/api/counters/1/actions", action, { ...headers });
  return { hall, directory, terminal, own, act, read };
}

const bodyOf = async (response: Response): Promise<Body> => (await response.json()) as Body;

test("deny by default: nobody signed in, a manager, another window, another clerk", async () => {
  const { hall, own, act, read, directory } = await openDesk();
  expect((await read()).status).toBe(200);
  expect((await act({ action: "pause" }, {})).status).toBe(401);
  expect((await read({})).status).toBe(401);
  expect((await read({ cookie: `hallward-session=${"0".repeat(64)}` })).status).toBe(401);
  expect(await bodyOf(await read(await hall.as("manager")))).toMatchObject({ status: 403, code: "no-session" });
  const elsewhere = await fetch(`${hall.base}/api/counters/2/desk`, { headers: own });
  expect(await bodyOf(elsewhere)).toMatchObject({ status: 403, code: "no-session" });
  giveAccount(directory, { id: "other", roles: ["staff", "head"], staffId: StaffId.parse("s02") });
  expect((await act({ action: "pause" }, await hall.as("other"))).status).toBe(403);
});

test("one's own page is bound to the account: signing out closes it", async () => {
  const { hall, own, read } = await openDesk();
  expect((await hall.post("/api/session/end", {}, { ...own })).status).toBe(200);
  expect((await read()).status).toBe(401);
});

test("the desk tells what waits; an action is done, seen, and on record once per key", async () => {
  const { hall, terminal, own, act, read } = await openDesk();
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
  const key = { ...own, "idempotency-key": "click-1" };
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
