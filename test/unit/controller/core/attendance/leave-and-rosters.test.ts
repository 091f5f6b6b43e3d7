// Proves that leave is reckoned by the shifts of whoever goes, that its breaches count once each, and that only a badge
// that speaks for the substitute lets it take effect.
import { describe, expect, test } from "vitest";
import { bookOf, derive, HALF_PAST_EIGHT, session, taps } from "./attendance-rig.ts";

const TUESDAY = "2025-03-04";

describe("ATT-15: the substitute's badge, and no other", () => {
  const leave = [
    {
      person: "li",
      from: `${TUESDAY}T08:00:00`,
      to: `${TUESDAY}T12:00:00`,
      kind: "personal",
      state: "approved",
      substitute: "wang",
    },
  ];
  const range = { from: TUESDAY, to: TUESDAY };
  const people = [{ id: "li" }, { id: "wang" }];
  const [tap] = taps("wang", TUESDAY, "in 07:58:00");
  const stateOf = (input: object): string => session(derive({ people, range, leave, ...input }), "am", TUESDAY).state;

  test("a valid tap counts", () => {
    expect(stateOf({ taps: [tap] })).toBe("leave");
  });

  test("that of a revoked badge does not", () => {
    expect(stateOf({ taps: [{ ...tap, badge: "revoked" }] })).toBe("absent");
  });

  test("nor one that a finding voided", () => {
    const finding = { kind: "proxy", date: TUESDAY, session: "am", persons: ["wang"] };
    const findings = [{ ...finding, void: [{ person: "wang", at: `${TUESDAY}T07:58:00` }] }];
    expect(stateOf({ taps: [tap], findings })).toBe("absent");
    expect(stateOf({ taps: [tap], findings: [{ ...findings[0], void: [] }] })).toBe("leave");
  });
});

describe("ATT-55: a breach of the rules of leave is one, however it is written", () => {
  const jiayuguan = { policy: "jiayuguan", settings: HALF_PAST_EIGHT };
  const range = { from: "2025-03-03", to: "2025-03-14" };
  const leave = (from: string, to: string, more: object = {}) => ({
    person: "li",
    from,
    to,
    kind: "personal",
    ...more,
  });
  const breaches = (input: object): number => {
    const sessions = bookOf({ ...jiayuguan, range, ...input }).book.record("li")?.sessions ?? [];
    return sessions.reduce((sum, { leaveBreach }) => sum + leaveBreach, 0);
  };

  test.each([
    ["from midnight", "2025-03-04T00:00:00", "2025-03-05T00:00:00"],
    ["from the session's start", "2025-03-04T08:30:00", "2025-03-04T17:30:00"],
    ["within a session", "2025-03-04T09:00:00", "2025-03-04T17:30:00"],
    ["over several days", "2025-03-04T00:00:00", "2025-03-07T00:00:00"],
  ])("asked for afterwards, %s", (_title, from, to) => {
    const asked = { requestedAt: "2025-03-10T09:00:00", returnedAt: to };
    expect(breaches({ leave: [leave(from, to, asked)] })).toBe(1);
  });

  const unreturned = [leave("2025-03-06T08:30:00", "2025-03-07T17:30:00", { requestedAt: "2025-03-05T09:00:00" })];
  const on = (date: string, ...shifts: readonly (readonly [string, string])[]) => ({ person: "li", date, shifts });

  test.each([
    ["after a week-end", []],
    ["when the next shift is on a Saturday", [on("2025-03-08", ["08:30", "12:00"])]],
    ["when the next working day is a rest day by roster", [on("2025-03-10")]],
  ])("not reported back, %s", (_title, roster) => {
    expect(breaches({ leave: unreturned, roster })).toBe(1);
  });
});

test("a shift on a rest day counts as leave: half a day of it needs a substitute, too (ATT-15)", () => {
  const SATURDAY = "2025-03-08";
  const roster = [{ person: "li", date: SATURDAY, shifts: [["08:00", "12:00"]] }];
  const leave = [{ person: "li", from: `${SATURDAY}T08:00:00`, to: `${SATURDAY}T12:00:00`, kind: "personal" }];
  const range = { from: SATURDAY, to: SATURDAY };
  const sheet = derive({ range, roster, leave: leave.map((asked) => ({ ...asked, state: "approved" })) });
  expect(sheet.sessions).toMatchObject([{ state: "absent" }]);
});
