// The kiosk gives one ticket per touch, comes back to its start by itself, and says truly what its printer did.
import { expect, test } from "vitest";
import type { IssuedTicket } from "../../../../../controller/adapters/http/hall-desk.ts";
import {
  DEAD_MS,
  type KioskEffect,
  type KioskInput,
  type KioskState,
  NUMBER_LENGTH_MAX,
  startKiosk,
  stepKiosk,
} from "../../../../../controller/web/pages/kiosk/kiosk-flow.ts";

const TICKET = {
  id: "0b7c5a54-2f0e-4c9e-9a07-7d9ac1f8a001",
  number: "A033",
  service: "general",
  ahead: 4,
  issuedAt: "2026-03-02T01:00:00.000Z",
} as unknown as IssuedTicket;

/** A kiosk at which touches come a second apart, unless said otherwise. */
class Kiosk {
  state: KioskState;
  nowMs = 10_000;
  readonly effects: KioskEffect[] = [];

  constructor(prints = false) {
    this.state = startKiosk(prints, this.nowMs);
  }

  take(input: KioskInput): readonly KioskEffect[] {
    const [next, effects] = stepKiosk(this.state, input);
    this.state = next;
    this.effects.push(...effects);
    return effects;
  }

  later(ms = 1_000): number {
    this.nowMs += ms;
    return this.nowMs;
  }

  touchService(afterMs?: number, key = "key-1") {
    return this.take({ type: "service-touched", service: "general", key, atMs: this.later(afterMs) });
  }

  touchDone(afterMs?: number) {
    return this.take({ type: "done-touched", atMs: this.later(afterMs) });
  }

  issued() {
    return this.take({ type: "issued", turn: this.state.turn, ticket: TICKET, atMs: this.later() });
  }

  printed() {
    return this.take({ type: "print-ended", turn: this.state.turn, atMs: this.later() });
  }

  notPrinted() {
    return this.take({ type: "not-printed-touched", atMs: this.later() });
  }

  timeUp(turn = this.state.turn) {
    return this.take({ type: "time-up", turn, atMs: this.later() });
  }

  ordersFor(type: KioskEffect["type"]): readonly KioskEffect[] {
    return this.effects.filter((effect) => effect.type === type);
  }
}

test("a double touch asks for one ticket", () => {
  const kiosk = new Kiosk();
  kiosk.touchService(1_000, "key-1");
  kiosk.touchService(80, "key-2");
  kiosk.touchService(5_000, "key-3");
  expect(kiosk.ordersFor("issue")).toMatchObject([{ key: "key-1", service: "general", awaitsPrint: false }]);
  expect(kiosk.state.screen).toEqual({ at: "asking" });
});

test("a finger that lands twice does not close the ticket that has just appeared under it", () => {
  const kiosk = new Kiosk();
  kiosk.touchService();
  kiosk.issued();
  kiosk.touchDone(DEAD_MS - 1);
  expect(kiosk.state.screen.at).toBe("ticket");
  kiosk.touchDone(1);
  expect(kiosk.state.screen.at).toBe("services");
});

test("the ticket goes away by itself, and a timer of an earlier screen does nothing", () => {
  const kiosk = new Kiosk();
  kiosk.touchService();
  const old = kiosk.state.turn;
  kiosk.issued();
  kiosk.timeUp(old);
  expect(kiosk.state.screen.at).toBe("ticket");
  kiosk.timeUp();
  expect(kiosk.state).toMatchObject({ screen: { at: "services" }, guest: 1, priority: null });
});

test("an answer to a request of an earlier turn is not shown", () => {
  const kiosk = new Kiosk();
  kiosk.take({ type: "issued", turn: kiosk.state.turn + 1, ticket: TICKET, atMs: kiosk.later() });
  expect(kiosk.state.screen).toEqual({ at: "services" });
});

test("a priority class goes with the next ticket and with no other", () => {
  const kiosk = new Kiosk();
  kiosk.take({ type: "priorities-touched", atMs: kiosk.later() });
  kiosk.take({ type: "priority-touched", priority: "elderly", atMs: kiosk.later() });
  kiosk.touchService();
  kiosk.issued();
  kiosk.touchDone();
  kiosk.touchService(1_000, "key-2");
  expect(kiosk.ordersFor("issue")).toMatchObject([{ priority: "elderly" }, { priority: null }]);
});

test("whoever walks away leaves neither a class nor a language behind", () => {
  const kiosk = new Kiosk();
  kiosk.take({ type: "somebody-here", atMs: kiosk.later() });
  expect(kiosk.ordersFor("wake")).toHaveLength(1);
  kiosk.timeUp();
  expect(kiosk.state.guest).toBe(1);
});

test("with a printer: nobody missed the paper, so it is reported as printed", () => {
  const kiosk = new Kiosk(true);
  kiosk.touchService();
  expect(kiosk.ordersFor("issue")).toMatchObject([{ awaitsPrint: true }]);
  kiosk.issued();
  kiosk.printed();
  expect(kiosk.ordersFor("report")).toEqual([]);
  kiosk.timeUp();
  expect(kiosk.ordersFor("report")).toEqual([{ type: "report", ticket: TICKET.id, outcome: "printed" }]);
});

test("with a printer: no paper is printed again once, then the number is to be noted", () => {
  const kiosk = new Kiosk(true);
  kiosk.touchService();
  kiosk.issued();
  kiosk.printed();
  kiosk.notPrinted();
  kiosk.printed();
  kiosk.notPrinted();
  expect(kiosk.ordersFor("print")).toHaveLength(2);
  expect(kiosk.state.screen).toMatchObject({ at: "ticket", print: "given-up" });
  kiosk.touchDone();
  const outcomes = kiosk.ordersFor("report").map((effect) => effect.type === "report" && effect.outcome);
  expect(outcomes).toEqual(["print-failed", "print-failed", "printed"]);
});

test("a refusal is told and leads back to the start", () => {
  const kiosk = new Kiosk();
  kiosk.touchService();
  const words = { zh: "今日号源已取完", en: "Today's tickets are all taken" };
  kiosk.take({ type: "told", turn: kiosk.state.turn, words, good: false, atMs: kiosk.later() });
  expect(kiosk.state.screen).toEqual({ at: "told", words, good: false });
  kiosk.timeUp();
  expect(kiosk.state.screen.at).toBe("services");
});

test("a number is typed by touch or keyboard, kept to its form, and sent once", () => {
  const kiosk = new Kiosk();
  kiosk.take({ type: "pad-touched", atMs: kiosk.later() });
  kiosk.later();
  for (const key of ["A", "0", "3", "9"]) kiosk.take({ type: "key-touched", key, atMs: kiosk.nowMs });
  kiosk.take({ type: "delete-touched", atMs: kiosk.nowMs });
  expect(kiosk.state.screen).toEqual({ at: "pad", typed: "A03" });
  kiosk.take({ type: "typed", text: "a-033 张三", atMs: kiosk.nowMs });
  expect(kiosk.state.screen).toEqual({ at: "pad", typed: "A033" });
  kiosk.take({ type: "number-sent", atMs: kiosk.nowMs });
  kiosk.take({ type: "number-sent", atMs: kiosk.later() });
  expect(kiosk.ordersFor("re-enter")).toMatchObject([{ number: "A033" }]);
  expect("A033".length).toBeLessThanOrEqual(NUMBER_LENGTH_MAX);
});
