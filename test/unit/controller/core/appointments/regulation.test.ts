// Proves that a hall's book has what its regulation names: the ways of booking (HRS-21), whom it is for (HRS-22); what
// is left out is a fault with its place and its rule, and the configuration is refused with it.
import { expect, test } from "vitest";
import { ControllerConfiguration } from "../../../../../controller/config.ts";
import { readProfile } from "../../../../../controller/adapters/policies/policy-files.ts";
import { appointmentFaults } from "../../../../../controller/core/appointments/appointment-faults.ts";
import { AppointmentsConfiguration } from "../../../../../controller/core/appointments/appointments-configuration.ts";
import { policyOf } from "../../../../../controller/core/office/regulation.ts";
import { testConfiguration } from "../../../../support/test-hall.ts";
import { HALF_PAST_EIGHT } from "../office/office-rig.ts";

const SERVICES = { services: [{ service: "apply", perSlot: 1 }] };
const faultsOf = (id: string, settings: object, book: object) => {
  const policy = policyOf({ policy: id, settings: settings as never, profiles: {} }, readProfile);
  if (!policy.ok) throw new Error(JSON.stringify(policy.error));
  return appointmentFaults(policy.value, AppointmentsConfiguration.parse({ ...SERVICES, ...book }));
};
const SUMMER = { summer: { from: "06-01", to: "09-30" } };

test("HRS-21: a regulation that names three ways wants all of them", () => {
  expect(faultsOf("province-zhck", HALF_PAST_EIGHT, {})).toEqual([]);
  expect(faultsOf("province-zhck", HALF_PAST_EIGHT, { channels: ["desk", "online"] })).toMatchObject([
    { code: "BOOKING_WAY_MISSING", path: "appointments.channels", rules: ["HRS-21"] },
  ]);
  expect(faultsOf("county", SUMMER, { channels: ["desk"] })).toEqual([]);
});

test("HRS-22: a regulation that names people of remote areas and outside investors wants both reasons", () => {
  const reasons = [{ id: "remote-people", text: { zh: "边远山区群众", en: "Remote" } }];
  expect(faultsOf("county", SUMMER, { reasons })).toMatchObject([
    { code: "BOOKING_REASON_MISSING", path: "appointments.reasons", rules: ["HRS-22"] },
  ]);
});

test("the hall's configuration is refused with the place in it", () => {
  const hall = {
    ...testConfiguration(1),
    appointments: { ...SERVICES, channels: ["desk"] },
    attendance: { policy: "province-zhck", settings: HALF_PAST_EIGHT },
  };
  const parsed = ControllerConfiguration.safeParse({ directory: "/nowhere", hall });
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual(
    expect.arrayContaining(["hall.appointments.channels"]),
  );
});
