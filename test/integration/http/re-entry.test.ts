// A whole controller, real files and sockets: a ticket's check comes with the ticket, also to a repeat of the request,
// and with number and check a no-show comes back, once, whichever kiosk asks. Guessing ends at its bound with 429.
import { expect, test } from "vitest";
import { WRONG_CHECKS_MAX } from "../../../controller/desks/re-entry-desk.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { startHall } from "../controller/running-hall.ts";
import { missCall, windowOpen } from "./miss-call.ts";

interface Ticket {
  readonly id: string;
  readonly number: string;
  readonly check: string;
}
type Body = Record<string, unknown>;

test("number and check bring a no-show back; everything else is refused in one line of either language", async () => {
  const hall = await startHall(hallDirectory(), systemClock, { rules: { callableAfterMs: 0, noShowAfterMs: 0 } });
  const terminal = await windowOpen(hall);
  const ask = async (service: string, key: string) =>
    (await (await hall.post("/api/tickets", { service }, { "idempotency-key": key })).json()) as Ticket;
  const ticket = await ask("apply", "touch-1");
  expect(ticket.check).toMatch(/^\d{4}$/u);
  expect(await ask("apply", "touch-1")).toEqual(ticket);
  const shown = JSON.stringify([await hall.get("/api/board"), await hall.get("/api/counters")]);
  expect([shown.includes(ticket.id), shown.includes(`"${ticket.check}"`)]).toEqual([false, false]);

  const back = async (change: Body = {}, headers = {}) => {
    const { number, check } = ticket;
    const answer = await hall.post("/api/re-entries", { number, check, ...change }, headers);
    const body = (await answer.json()) as Body & { reason?: { code: string } };
    expect(body["detail"] ?? "").not.toContain("\n");
    return [answer.status, body.reason?.code ?? body["code"] ?? body["number"]];
  };
  expect(await back()).toEqual([409, "still-waiting"]);
  await missCall(terminal);
  const wrong = String((Number(ticket.check) + 1) % 10_000).padStart(4, "0");
  expect(await back({ check: wrong })).toEqual([409, "wrong-check"]);
  expect(await back({ number: "A900" })).toEqual([409, "unknown-number"]);
  for (const odd of [{ number: "a001" }, { check: "12" }, { check: 1234 }, { check: "１２３４" }, { more: 1 }]) {
    expect(await back(odd)).toEqual([400, "malformed-request"]);
  }
  const key = { "idempotency-key": "touch-2" };
  expect(await back({}, key)).toEqual([200, ticket.number]);
  expect(await back({}, key)).toEqual([200, ticket.number]);
  expect(await back({ check: wrong }, key)).toEqual([422, "key-reused"]);
  await missCall(terminal);
  expect(await back()).toEqual([409, "came-back-before"]);

  const other = await ask("apply", "touch-3");
  const guess = { number: other.number, check: String((Number(other.check) + 1) % 10_000).padStart(4, "0") };
  for (let n = 0; n < WRONG_CHECKS_MAX; n += 1) expect(await back(guess)).toEqual([409, "wrong-check"]);
  expect(await back({ number: other.number, check: other.check })).toEqual([429, "too-many-checks"]);
}, 60_000);
