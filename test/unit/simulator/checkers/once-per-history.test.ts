// What checkers share is reckoned once for a history, and anew as soon as something more has happened in it.
import { expect, test } from "vitest";
import { oncePerHistory } from "../../../../simulator/checkers/once-per-history.ts";
import { History } from "../../../../simulator/history.ts";

test("asked again it is not reckoned again, until something happens", () => {
  let reckoned = 0;
  const count = oncePerHistory((history) => {
    reckoned += 1;
    return history.entries.length;
  });
  const [history, another] = [new History(() => 0), new History(() => 0)];
  history.record({ type: "healed" });
  expect([count(history), count(history), count(another)]).toEqual([1, 1, 0]);
  history.record({ type: "broker-gone" });
  expect([count(history), reckoned]).toEqual([2, 3]);
});
