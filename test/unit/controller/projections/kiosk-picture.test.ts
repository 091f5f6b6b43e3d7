// Proves what a kiosk tells to whoever comes: under a regulation without appointments that none is needed, and that
// everybody is served in turn (HRS-26), which is what the windows then do.
import { expect, test } from "vitest";
import { readProfile } from "../../../../controller/adapters/policies/policy-files.ts";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { KioskPicture, kioskOf } from "../../../../controller/projections/kiosk-picture.ts";
import { TestHall, testConfiguration } from "../../../support/test-hall.ts";

const HOURS = { hours: { am: ["08:00", "12:00"], pm: ["14:30", "17:30"] } };

function hallUnder(policy: string | null): TestHall {
  const attendance = policy && { policy, settings: HOURS, profiles: { [policy]: readProfile(policy) } };
  const asked = { ...testConfiguration(2), ...(attendance && { attendance }) };
  return new TestHall(HallConfiguration.parse(asked), Date.parse("2026-03-02T09:00:00+08:00"));
}

const noticeUnder = (policy: string | null) => {
  const hall = hallUnder(policy);
  return KioskPicture.parse(kioskOf(hall.hall, hall.now)).notice?.zh;
};

test("HRS-26: nobody needs an appointment, and the kiosk says so where the regulation does", () => {
  expect(noticeUnder("open-queue")).toBe("无需预约，依次排队等候");
  expect([noticeUnder("hall-0830"), noticeUnder(null)]).toEqual([undefined, undefined]);
});

test("HRS-26, AC-54: a ticket asks for nothing but its service, and goes to the windows in turn", () => {
  const hall = hallUnder("open-queue");
  for (const window of [1, 2]) hall.signOn(window);
  expect([hall.ticket(), hall.ticket(), hall.ticket()]).toEqual(["A001", "A002", "A003"]);
  hall.wait(5_000);
  for (const window of [2, 1]) hall.input(window, "call-next");
  expect([2, 1].map((window) => hall.counter(window).visit?.number)).toEqual(["A001", "A002"]);
});
