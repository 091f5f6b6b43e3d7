// Proves principle 3 where a clock leaves open not only how late somebody was, but what their tap was: whether they
// came or went, and which of two taps of one second came first.
import { describe, expect, test } from "vitest";
import { derive, monday, session } from "./attendance-rig.ts";

const undirected = (time: string, uncertaintyS: number) => ({
  person: "li",
  at: `2025-03-03T${time}`,
  direction: null,
  terminal: "T1",
  uncertaintyS,
});
const am = (...taps: readonly object[]) =>
  session(derive({ taps: [...taps, ...monday("in 14:28:00", "out 17:31:00")] }), "am");

describe("a lone tap near the middle of the morning", () => {
  test("is taken for what its moment says, when that is certain", () => {
    expect(am(undirected("09:59:59", 0))).toMatchObject({ late: 1, early: 1, out: null });
    expect(am(undirected("10:00:00", 0))).toMatchObject({ late: 1, early: 1, in: null });
  });

  test("is taken for what is milder, when its clock leaves both open", () => {
    const policy = { extends: "county", schedule: { main: { am: ["08:00", "08:30"], pm: ["14:30", "17:30"] } } };
    const late = monday("in 08:25:00", "out 08:30:00", "in 14:28:00", "out 17:31:00");
    const lateWith = (uncertaintyS: number) =>
      session(derive({ policy, taps: [...late, undirected("08:16:00", uncertaintyS)] }), "am").late;
    expect([lateWith(0), lateWith(59), lateWith(61)]).toEqual([1, 1, 0]);
  });

  test("stands for both ends in such doubt that nothing may be held against anybody", () => {
    expect(am(undirected("10:00:00", 901))).toMatchObject({
      state: "attended",
      late: 0,
      early: 0,
      flags: ["needs-confirmation"],
    });
  });
});

test("of several taps without a direction the one that can have been the first is the arrival", () => {
  const several = [undirected("08:30:00", 0), undirected("08:40:00", 840), undirected("12:00:00", 0)];
  expect(am(...several)).toMatchObject({ late: 1, lateS: 1560, in: "08:40:00", out: "12:00:00" });
  expect(am(...several.map((tap) => ({ ...tap, uncertaintyS: 0 })))).toMatchObject({ lateS: 1800, in: "08:30:00" });
});

test("within one second a badge is asked before it goes out, in whatever order the taps stand", () => {
  const over = monday("in 08:00:00", "- 11:50:00", "leave-post 11:50:00", "return 14:29:00", "out 17:31:00");
  for (const taps of [over, over.toReversed()]) {
    expect(session(derive({ taps }), "am")).toMatchObject({ early: 0, earlyS: 0, absence: 0 });
  }
});
