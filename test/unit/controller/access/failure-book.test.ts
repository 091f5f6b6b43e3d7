// Wrong words are counted by key, in bounded memory and by a clock that is moved by hand: five in a quarter of an hour
// lock, a quarter of an hour later all is as before, and a flood of keys neither grows the book nor opens a lock.
import { expect, test } from "vitest";
import { FailureBook } from "../../../../controller/access/failure-book.ts";
import { milliseconds, minutes } from "../../../../protocol/index.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const LIMITS = { failuresMax: 5, window: minutes(15), lockedFor: minutes(15), keysMax: 8 };

function openBook() {
  const clock = new VirtualClock();
  const book = new FailureBook(clock, LIMITS);
  const fail = (key: string, times: number): boolean[] => Array.from({ length: times }, () => book.note(key));
  return { clock, book, fail };
}

test("the fifth wrong word locks, and only that key; the lock ends after its time to the millisecond", () => {
  const { clock, book, fail } = openBook();
  expect(fail("li", 5)).toEqual([false, false, false, false, true]);
  expect([book.isLocked("li"), book.isLocked("wang")]).toEqual([true, false]);
  clock.advance(milliseconds(LIMITS.lockedFor - 1));
  expect(book.isLocked("li")).toBe(true);
  clock.advance(milliseconds(1));
  expect(book.isLocked("li")).toBe(false);
  expect(book.size).toBe(0);
});

test("wrong words that are older than the window count no more", () => {
  const { clock, book, fail } = openBook();
  fail("li", 4);
  clock.advance(LIMITS.window);
  fail("li", 1);
  expect(book.isLocked("li")).toBe(false);
});

test("the right word forgets the account's wrong ones, and takes back only its own try of an address", () => {
  const { book, fail } = openBook();
  fail("li", 4);
  book.forget("li");
  fail("li", 4);
  expect(book.isLocked("li")).toBe(false);
  fail("192.0.2.7", 5);
  book.forgive("192.0.2.7");
  expect(book.isLocked("192.0.2.7")).toBe(false);
  expect(fail("192.0.2.7", 1)).toEqual([true]);
});

test("a flood of keys makes the book forget open keys before locked ones, and never grow", () => {
  const { book, fail } = openBook();
  fail("li", 5);
  for (let n = 0; n < 100; n += 1) fail(`stranger-${n}`, 1);
  expect(book.size).toBe(LIMITS.keysMax);
  expect(book.isLocked("li")).toBe(true);
});
