// Proves HRS-20 where a regulation has it: nobody closes a window while somebody waits whom no other window serves, and
// every such tap is a sign-off for attendance all the same. Elsewhere a sign-off closes the window.
import { describe, expect, test } from "vitest";
import { tapIn } from "../../../../../controller/projections/attendance/tap-events.ts";
import type { EventOf } from "../../../../../controller/core/events.ts";
import { present, VisitId } from "../../../../../protocol/index.ts";
import { HALF_PAST_EIGHT, type HallAsked, OfficeHall } from "../office/office-rig.ts";
import { counterId, typesOf } from "../../../../support/test-hall.ts";

/** Both clerks are at their windows, it is a minute to half past five, and one citizen waits. */
function closing(asked: HallAsked = {}): OfficeHall {
  const hall = new OfficeHall(asked);
  hall.tap(1, "2026-03-02T14:20");
  hall.tap(2, "2026-03-02T14:21");
  hall.go("2026-03-02T17:28");
  hall.ticket();
  hall.go("2026-03-02T17:29");
  return hall;
}

const effectOf = (hall: OfficeHall, n: number, moment: string) => {
  hall.tap(n, moment);
  return hall.counter(n).lastBadge?.effect;
};

describe("HRS-20: a window closes when nobody waits for it alone", () => {
  test("the first of two may go, the last one may not; once served they may", () => {
    const hall = closing();
    expect(effectOf(hall, 1, "2026-03-02T17:29:05")).toBe("sign-off");
    expect(effectOf(hall, 2, "2026-03-02T17:29:10")).toBe("refused-waiting");
    expect(hall.counter(2).onDuty).toBe("s02");
    hall.input(2, "call-next");
    hall.go("2026-03-02T17:29:30");
    hall.input(2, "service-started", hall.visit(2));
    hall.go("2026-03-02T17:40");
    hall.input(2, "service-finished", hall.visit(2));
    hall.go("2026-03-02T17:41");
    expect(effectOf(hall, 2, "2026-03-02T17:41:05")).toBe("sign-off");
    expect(hall.breaches()).toEqual([]);
  });

  test("after closing time it holds too, until the ticket is declined with a reason (HRS-19)", () => {
    const hall = closing();
    hall.tap(1, "2026-03-02T17:29:05");
    expect(effectOf(hall, 2, "2026-03-02T17:31")).toBe("refused-waiting");
    const declined = hall.act(2, { action: "decline", ticket: hall.ticketId("A001"), reason: "citizen-agreed" });
    expect(declined).toHaveProperty("events");
    expect(effectOf(hall, 2, "2026-03-02T17:32")).toBe("sign-off");
  });

  test.each(["out", "planned"])("a colleague who is %s serves nobody: the last window stays open", (how) => {
    const hall = closing();
    if (how === "out") {
      hall.tap(1, "2026-03-02T16:00:00");
      hall.tap(1, "2026-03-02T16:00:05");
    } else {
      hall.input(1, "call-next");
      hall.tap(1, "2026-03-02T17:29:05"); // Signs off after the ticket that was just called.
      hall.ticket();
    }
    expect(effectOf(hall, 2, "2026-03-02T17:29:10")).toBe("refused-waiting");
  });

  test("a sign-off that waited for the last ticket is put off when another comes, and the keys work again", () => {
    const hall = closing();
    hall.tap(1, "2026-03-02T17:29:05");
    hall.input(2, "call-next");
    expect(effectOf(hall, 2, "2026-03-02T17:29:10")).toBe("sign-off-planned");
    hall.input(2, "service-started", hall.visit(2));
    hall.go("2026-03-02T17:29:40");
    hall.ticket();
    hall.input(2, "service-finished", hall.visit(2));
    const events = hall.wait(20_000, 1_000);
    expect(typesOf(events)).toContain("staff.sign-off-deferred");
    expect(hall.counter(2)).toMatchObject({ onDuty: "s02", signOffPlanned: false });
    hall.go("2026-03-02T17:30:10");
    hall.input(2, "call-next");
    expect(hall.phase(2)).toBe("called");
    expect(hall.breaches()).toEqual([]);
  });

  test("a no-show that ends the work puts it off likewise", () => {
    const hall = closing();
    hall.tap(1, "2026-03-02T17:29:05");
    hall.input(2, "call-next");
    expect(effectOf(hall, 2, "2026-03-02T17:29:10")).toBe("sign-off-planned");
    hall.ticket();
    hall.wait(120_000, 1_000);
    const events = hall.input(2, "no-show", hall.visit(2));
    expect(typesOf(events)).toContain("staff.sign-off-deferred");
    expect(hall.counter(2).onDuty).toBe("s02");
  });

  test.each(["jiayuguan", "std"])("%s does not have it: the sign-off closes the window", (policy) => {
    const hall = closing({ policy, settings: policy === "std" ? {} : HALF_PAST_EIGHT });
    hall.tap(1, "2026-03-02T17:29:05");
    expect(effectOf(hall, 2, "2026-03-02T17:29:10")).toBe("sign-off");
  });

  test("somebody bound to another window is that window's alone", () => {
    const hall = closing();
    hall.input(2, "call-next");
    hall.go("2026-03-02T17:29:05");
    hall.input(2, "service-started", hall.visit(2));
    const visit = VisitId.parse(hall.visit(2)["visitId"]);
    const moved = hall.act(2, { action: "transfer", visit, to: { counter: counterId(1) } });
    expect(moved).toHaveProperty("events");
    expect(effectOf(hall, 1, "2026-03-02T17:29:30")).toBe("refused-waiting");
  });

  test("for attendance the tap is a sign-off, whatever the window makes of it", () => {
    const hall = closing();
    hall.tap(1, "2026-03-02T17:29:05");
    hall.tap(2, "2026-03-02T17:30:10");
    const tapped = hall.events.findLast((event): event is EventOf<"badge.recorded"> => event.type === "badge.recorded");
    expect(tapIn(present(tapped, "tap"), "Asia/Shanghai", new Map())).toMatchObject({
      person: "s02",
      direction: "out",
    });
  });
});
