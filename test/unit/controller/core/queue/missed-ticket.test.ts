// Who missed their call comes back with number and check, once and in time; every refusal has a word of its own, and
// whoever does not have the paper hears nothing of the ticket.
import fc from "fast-check";
import { expect, test } from "vitest";
import { CHECK_DIGITS, checkOf } from "../../../../../controller/core/queue/ticket-check.ts";
import { REFUSAL_TEXTS } from "../../../../../controller/core/refusals.ts";
import { present, type TicketId, TicketNumber } from "../../../../../protocol/index.ts";
import { TestHall, testConfiguration, typesOf } from "../../../../support/test-hall.ts";

interface Paper {
  readonly number: TicketNumber;
  readonly check: string;
}

/** A001 is called to window 1, A002 waits; `paper` is that of A001. */
function calledHall() {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  hall.signOn(2);
  hall.ticket();
  hall.wait(6_000);
  hall.input(1, "call-next");
  const paper = { number: TicketNumber.parse("A001"), check: checkOf(hall.ticketId("A001")) };
  hall.ticket();
  hall.wait(6_000);
  const missCall = () => {
    hall.wait(26_000);
    hall.input(1, "no-show", hall.visit(1));
  };
  return { hall, paper, missCall };
}

/** A001 is a no-show; window 1 has gone on to A002. */
function missedHall() {
  const { hall, paper, missCall } = calledHall();
  missCall();
  return { hall, paper };
}

const back = (hall: TestHall, paper: Paper) => hall.attempt({ type: "re-enter-by-number", ...paper });
const refusal = (code: string) => ({ rejection: { code } });
const other = ({ check }: Paper): string => String((Number(check) + 1) % 10_000).padStart(CHECK_DIGITS, "0");

test("with number and check a no-show is called before those who wait", () => {
  const { hall, paper } = missedHall();
  hall.ticket();
  hall.wait(6_000);
  expect(typesOf(hall.run({ type: "re-enter-by-number", ...paper }))).toEqual(["ticket.re-entered"]);
  hall.input(2, "call-next");
  expect(hall.counter(2).visit?.number).toBe("A001");
  expect(hall.breaches()).toEqual([]);
});

test("another check brings nobody back, and says nothing of the ticket", () => {
  const { hall, paper } = missedHall();
  expect(back(hall, { ...paper, check: other(paper) })).toMatchObject(refusal("wrong-check"));
  const waiting = { number: TicketNumber.parse("A002"), check: checkOf(hall.ticketId("A002")) };
  expect(back(hall, { ...waiting, check: other(waiting) })).toMatchObject(refusal("wrong-check"));
  expect(back(hall, { ...waiting, check: paper.check })).toMatchObject(refusal("wrong-check"));
  expect(back(hall, paper)).toHaveProperty("events");
});

test("a number that the hall does not know is unknown whatever the check", () => {
  const { hall, paper } = missedHall();
  expect(back(hall, { ...paper, number: TicketNumber.parse("A900") })).toMatchObject(refusal("unknown-number"));
});

test("an open ticket is where it is: waiting, called, or at a window", () => {
  const { hall, paper } = calledHall();
  const waiting = { number: TicketNumber.parse("A002"), check: checkOf(hall.ticketId("A002")) };
  expect(back(hall, waiting)).toMatchObject(refusal("still-waiting"));
  expect(back(hall, paper)).toMatchObject(refusal("called-now"));
  hall.input(1, "service-started", hall.visit(1));
  expect(back(hall, paper)).toMatchObject(refusal("at-window"));
  hall.input(1, "service-finished", hall.visit(1));
  expect(back(hall, paper)).toMatchObject(refusal("already-served"));
});

test("it comes back once", () => {
  const { hall, paper } = missedHall();
  expect(back(hall, paper)).toHaveProperty("events");
  expect(back(hall, paper)).toMatchObject(refusal("still-waiting"));
  hall.input(2, "call-next");
  hall.wait(30_000);
  hall.input(2, "no-show", hall.visit(2));
  expect(back(hall, paper)).toMatchObject(refusal("came-back-before"));
});

test.each([
  [600_000, "events"],
  [600_001, "re-entry-late"],
])("within 10 min (default): after %i ms", (afterMs, answer) => {
  const { hall, paper } = missedHall();
  hall.wait(afterMs, 30_000);
  const answered = back(hall, paper);
  expect("events" in answered ? "events" : answered.rejection.code).toBe(answer);
});

test("each refusal is one line in either language, unlike the others", () => {
  const codes = [
    "unknown-number",
    "wrong-check",
    "still-waiting",
    "called-now",
    "at-window",
    "already-served",
  ] as const;
  const texts = [...codes, "came-back-before", "re-entry-late", "number-taken"].map((code) =>
    present(REFUSAL_TEXTS[code as (typeof codes)[number]], code),
  );
  expect(new Set(texts.map(({ zh }) => zh)).size).toBe(texts.length);
  expect(new Set(texts.map(({ en }) => en)).size).toBe(texts.length);
  expect(texts.filter(({ zh, en }) => /\n/u.test(zh + en) || zh === "" || en === "")).toEqual([]);
});

test("a check has four digits, follows from the id, and tells tickets apart", () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const check = checkOf(id as TicketId);
      expect(check).toMatch(/^\d{4}$/u);
      expect(checkOf(id as TicketId)).toBe(check);
    }),
  );
  const checks = Array.from({ length: 1_000 }, (_, n) =>
    checkOf(`00000000-0000-4000-8000-0000${((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0")}` as TicketId),
  );
  expect(new Set(checks).size).toBeGreaterThan(900);
});
