// What the kiosk asks of the hall: silence is asked again with the same key, and a refusal comes back in words.
import { expect, test } from "vitest";
import { GivenTickets, type TextStore } from "../../../../../controller/web/pages/kiosk/given-tickets.ts";
import { AWAY, issueTicket, type KioskPorts, reEnter } from "../../../../../controller/web/pages/kiosk/kiosk-desk.ts";
import { type Reply, refusalOf, type Sending } from "../../../../../controller/web/pages/kiosk/requests.ts";
import { touchKeys } from "../../../../../controller/web/pages/kiosk/touch-keys.ts";

const ISSUED_AT = "2026-03-02T01:00:00.000Z";
const TICKET = { id: "ticket-1", number: "A033", service: "general", ahead: 4, issuedAt: ISSUED_AT };
const ASKED = { type: "issue", turn: 1, key: "key-1", service: "general", priority: null, awaitsPrint: false } as const;

function fakeStore(): TextStore & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

function rig(replies: readonly Reply<unknown>[]) {
  const sent: { path: string; sending: Sending }[] = [];
  const store = fakeStore();
  let nowMs = Date.parse(ISSUED_AT);
  const given = new GivenTickets(
    () => store,
    () => nowMs,
  );
  const ports: KioskPorts = {
    given,
    pause: () => Promise.resolve(),
    send: <T>(path: string, sending: Sending) => {
      sent.push({ path, sending });
      return Promise.resolve((replies[sent.length - 1] ?? { kind: "away" }) as Reply<T>);
    },
  };
  const later = (ms: number): void => void (nowMs += ms);
  return { ports, sent, given, store, later };
}

const OK: Reply<unknown> = { kind: "ok", value: TICKET };

test("a lost answer is asked for again with the same key", async () => {
  const { ports, sent } = rig([{ kind: "away" }, OK]);
  expect(await issueTicket(ASKED, ports)).toEqual({ type: "issued", ticket: TICKET });
  expect(sent.map(({ sending }) => sending.headers?.["idempotency-key"])).toEqual(["key-1", "key-1"]);
  expect(sent[0]?.sending.body).toEqual({ service: "general" });
});

test("without the controller the kiosk says so and gives nothing", async () => {
  const { ports, sent } = rig([]);
  expect(await issueTicket(ASKED, ports)).toEqual({ type: "told", words: AWAY, good: false });
  expect(sent).toHaveLength(3);
});

test("class and printer are asked for only where there are any", async () => {
  const { ports, sent } = rig([OK]);
  await issueTicket({ ...ASKED, priority: "elderly", awaitsPrint: true }, ports);
  expect(sent[0]?.sending.body).toEqual({ service: "general", priority: "elderly", awaitsPrint: true });
});

test("a refusal is not repeated and is told in both languages", async () => {
  const { ports, sent } = rig([refusalOf(409, JSON.stringify({ code: "not-open", detail: "Closed until 09:00." }))]);
  const told = { type: "told", words: { zh: "现在不取号", en: "No tickets are given now" }, good: false };
  expect(await issueTicket(ASKED, ports)).toEqual(told);
  expect(sent).toHaveLength(1);
});

test("the hall's own reason goes before every other wording", () => {
  const text = { zh: "此号不归本窗口办理", en: "That ticket is not for this window" };
  const problem = { code: "action-refused", detail: "no", reason: { code: "not-here", text } };
  expect(refusalOf(409, JSON.stringify(problem))).toMatchObject({ code: "action-refused", words: text });
  expect(refusalOf(418, "<html>")).toMatchObject({ code: "unknown", words: { zh: "418" } });
});

test("a no-show comes back by number where it was given, for a day", async () => {
  const { ports, sent, later } = rig([OK, { kind: "ok", value: { done: true } }]);
  await issueTicket(ASKED, ports);
  expect(await reEnter({ type: "re-enter", turn: 1, number: "A033" }, ports)).toMatchObject({ good: true });
  expect(sent[1]?.path).toBe("/api/tickets/ticket-1/re-enter");
  expect(await reEnter({ type: "re-enter", turn: 1, number: "B001" }, ports)).toMatchObject({ good: false });
  later(24 * 3_600_000);
  expect(await reEnter({ type: "re-enter", turn: 1, number: "A033" }, ports)).toMatchObject({ good: false });
  expect(sent).toHaveLength(2);
});

test("the kiosk keeps numbers and ids, and forgets what a citizen chose", async () => {
  const { ports, store, given } = rig([OK]);
  store.setItem("hallward.language", "en");
  await issueTicket(ASKED, ports);
  given.forgetChoices();
  expect([...store.kept.values()]).toEqual([JSON.stringify([{ id: "ticket-1", number: "A033", issuedAt: ISSUED_AT }])]);
});

test("a browser that keeps nothing still gives tickets", async () => {
  const { ports } = rig([OK]);
  const forbidden = (): TextStore => {
    throw new DOMException("denied", "SecurityError");
  };
  const given = new GivenTickets(forbidden, () => 0);
  expect(await issueTicket(ASKED, { ...ports, given })).toMatchObject({ type: "issued" });
  given.forgetChoices();
  expect(given.find("A033")).toBeNull();
});

test("no two touches have the same key: not at one instant, not at two kiosks, not after a reload", () => {
  let nowMs = 1_000;
  const now = (): number => nowMs;
  const first = touchKeys("kiosk-1", now);
  const keys = [first(), first(), touchKeys("kiosk-2", now)()];
  nowMs += 1;
  keys.push(touchKeys("kiosk-1", now)(), touchKeys("亭 二", now)());
  expect(new Set(keys).size).toBe(5);
  expect(keys.filter((key) => !/^[\x21-\x7e]{1,128}$/u.test(key))).toEqual([]);
});
