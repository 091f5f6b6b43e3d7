// The kiosk gives one ticket per touch, comes back to its start by itself, and says truly what its printer did.
import { expect, test } from "vitest";
import type { IssuedTicket } from "../../../../../controller/adapters/http/hall-desk.ts";
import {
  DEAD_MS,
  type KioskEffect,
  type KioskInput,
  type KioskState,
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

/** A hall with tickets A001-A999 and B0001-B9999. */
const FORMS = [
  { letter: "A", digits: 3 },
  { letter: "B", digits: 4 },
];

function atPad(): Kiosk {
  const kiosk = new Kiosk();
  kiosk.take({ type: "pad-touched", forms: FORMS, atMs: kiosk.later() });
  kiosk.later();
  return kiosk;
}

const press = (kiosk: Kiosk, keys: string): void => {
  for (const key of keys) kiosk.take({ type: "key-touched", key, atMs: kiosk.nowMs });
};
const send = (kiosk: Kiosk, key = "key-9") => kiosk.take({ type: "number-sent", key, atMs: kiosk.later() });

test("number and check are typed in one go and sent once, under the touch's own key", () => {
  const kiosk = atPad();
  press(kiosk, "A033482");
  send(kiosk);
  expect(kiosk.ordersFor("re-enter")).toEqual([]); // A digit is missing.
  press(kiosk, "1");
  send(kiosk);
  send(kiosk, "key-10");
  expect(kiosk.ordersFor("re-enter")).toMatchObject([{ key: "key-9", number: "A033", check: "4821" }]);
  expect(kiosk.state.screen.at).toBe("asking");
});

test("what was refused comes back to the pad with its number, to be mended", () => {
  const kiosk = atPad();
  press(kiosk, "A0334821");
  send(kiosk);
  const words = { zh: "号码与校验码不符，请核对号票", en: "Number and code do not match, check your ticket" };
  kiosk.take({ type: "not-taken", turn: kiosk.state.turn, words, atMs: kiosk.later() });
  const entry = { forms: FORMS, number: "A033", check: "", field: "check", refusal: words };
  expect(kiosk.state.screen).toEqual({ at: "pad", entry });
  kiosk.later();
  press(kiosk, "4812");
  expect(kiosk.state.screen).toMatchObject({ entry: { refusal: null, check: "4812" } });
  send(kiosk, "key-10");
  expect(kiosk.ordersFor("re-enter")).toMatchObject([{ check: "4821" }, { key: "key-10", check: "4812" }]);
  kiosk.take({ type: "told", turn: kiosk.state.turn, words, good: true, atMs: kiosk.later() });
  kiosk.timeUp();
  expect(kiosk.state).toMatchObject({ screen: { at: "services" }, guest: 1 }); // Nothing of it stays.
});

test("whoever walks away from the pad leaves nothing typed behind", () => {
  const kiosk = atPad();
  press(kiosk, "A033");
  kiosk.timeUp();
  kiosk.take({ type: "pad-touched", forms: FORMS, atMs: kiosk.later() });
  expect(kiosk.state.screen).toMatchObject({ at: "pad", entry: { number: "", check: "" } });
});

test("whoever booked types number and code on the pad, and has a ticket that is printed like any other", () => {
  const kiosk = new Kiosk(true);
  kiosk.take({ type: "booking-touched", digits: 6, atMs: kiosk.later() });
  expect(kiosk.state.screen).toMatchObject({ at: "pad", entry: { booking: true, number: "", field: "number" } });
  for (const key of "0000419632") kiosk.take({ type: "key-touched", key, atMs: kiosk.later() });
  expect(kiosk.state.screen).toMatchObject({ entry: { number: "000041", check: "9632", field: "check" } });
  kiosk.take({ type: "number-sent", key: "key-9", atMs: kiosk.later() });
  expect(kiosk.ordersFor("check-in")).toMatchObject([
    { key: "key-9", number: "000041", check: "9632", awaitsPrint: true },
  ]);
  expect(kiosk.ordersFor("re-enter")).toEqual([]);
  kiosk.issued();
  expect(kiosk.state.screen).toMatchObject({ at: "ticket", print: "printing" });
});

test("a booking that is refused is mended where it was typed", () => {
  const kiosk = new Kiosk();
  kiosk.take({ type: "booking-touched", digits: 6, atMs: kiosk.later() });
  kiosk.take({ type: "typed", field: "number", text: "000-041", atMs: kiosk.later() });
  kiosk.take({ type: "typed", field: "check", text: "9633", atMs: kiosk.later() });
  kiosk.take({ type: "number-sent", key: "key-9", atMs: kiosk.later() });
  const words = { zh: "预约号与校验码不符", en: "Booking number and code do not match" };
  kiosk.take({ type: "not-taken", turn: kiosk.state.turn, words, atMs: kiosk.later() });
  expect(kiosk.state.screen).toMatchObject({ at: "pad", entry: { number: "000041", check: "", refusal: words } });
});
