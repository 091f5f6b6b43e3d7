// What the kiosk asks of the hall: silence is asked again with the same key, and a refusal comes back in words.
import { expect, test } from "vitest";
import { forgetChoices } from "../../../../../controller/web/pages/kiosk/forget-choices.ts";
import {
  AWAY,
  issueTicket,
  type KioskPorts,
  NOT_BACK,
  reEnter,
} from "../../../../../controller/web/pages/kiosk/kiosk-desk.ts";
import { type Reply, refusalOf, type Sending } from "../../../../../controller/web/pages/kiosk/requests.ts";
import { touchKeys } from "../../../../../controller/web/pages/kiosk/touch-keys.ts";

const ISSUED_AT = "2026-03-02T01:00:00.000Z";
const TICKET = { id: "ticket-1", number: "A033", service: "general", ahead: 4, issuedAt: ISSUED_AT };
const ASKED = { type: "issue", turn: 1, key: "key-1", service: "general", priority: null, awaitsPrint: false } as const;

function rig(replies: readonly Reply<unknown>[]) {
  const sent: { path: string; sending: Sending }[] = [];
  const ports: KioskPorts = {
    pause: () => Promise.resolve(),
    send: <T>(path: string, sending: Sending) => {
      sent.push({ path, sending });
      return Promise.resolve((replies[sent.length - 1] ?? { kind: "away" }) as Reply<T>);
    },
  };
  return { ports, sent };
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

const BACK = { type: "re-enter", turn: 1, key: "key-2", number: "A033", check: "4821" } as const;

test("a no-show comes back with number and check; a lost answer is asked for again with the same key", async () => {
  const { ports, sent } = rig([{ kind: "away" }, { kind: "ok", value: { number: "A033" } }]);
  const words = {
    zh: "A033 已恢复排队，排在队首，请等候叫号",
    en: "A033 is back, at the head of the queue. Please wait for the call",
  };
  expect(await reEnter(BACK, ports)).toEqual({ type: "told", good: true, words });
  const sending = { body: { number: "A033", check: "4821" }, headers: { "idempotency-key": "key-2" } };
  expect(sent).toEqual([
    { path: "/api/re-entries", sending },
    { path: "/api/re-entries", sending },
  ]);
});

test("what the hall does not take can be mended: the refusal goes back to where it was typed", async () => {
  const text = { zh: "号码与校验码不符，请核对号票", en: "Number and code do not match, check your ticket" };
  const problem = { code: "action-refused", detail: "no", reason: { code: "wrong-check", text } };
  const { ports, sent } = rig([refusalOf(409, JSON.stringify(problem))]);
  expect(await reEnter(BACK, ports)).toEqual({ type: "not-taken", words: text });
  expect(sent).toHaveLength(1);
  const { ports: locked } = rig([refusalOf(429, JSON.stringify({ code: "too-many-checks" }))]);
  expect(await reEnter(BACK, locked)).toMatchObject({ words: { zh: "校验码错误次数过多，请到窗口恢复" } });
  expect(await reEnter(BACK, rig([]).ports)).toEqual({ type: "not-taken", words: NOT_BACK });
});

test("the kiosk keeps nothing of anybody; a browser that keeps nothing anyway is no fault", () => {
  const kept = new Map([["hallward.language", "en"]]);
  forgetChoices(() => kept);
  expect(kept.size).toBe(0);
  forgetChoices(() => {
    throw new DOMException("denied", "SecurityError");
  });
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
