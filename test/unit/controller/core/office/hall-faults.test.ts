// Proves that a hall's own words about its attendance are refused where they mean nothing, or something else.
import { describe, expect, test } from "vitest";
import { placeOf, policyFaults } from "../../../../../controller/adapters/policies/hall-policy.ts";
import { AttendanceConfiguration } from "../../../../../controller/core/office/attendance-configuration.ts";
import { COUNTY_SUMMER } from "./office-rig.ts";

const faultsOf = (more: object): string[] => {
  const faults = policyFaults(AttendanceConfiguration.parse({ policy: "county", settings: COUNTY_SUMMER, ...more }));
  return faults.map((fault) => `${fault.code} ${placeOf(fault).join(".")}`);
};
const unit = (id: string) => ({ id, name: { zh: "税务局", en: "Tax bureau" }, staff: [] });

describe("offices", () => {
  test("one that the regulation has not is refused, and the line names those it has", () => {
    const offices = { "deputy-directer": ["zhang"] };
    expect(faultsOf({ offices })).toEqual(["OFFICE_UNKNOWN hall.attendance.offices.deputy-directer"]);
    const [fault] = policyFaults(AttendanceConfiguration.parse({ policy: "county", settings: COUNTY_SUMMER, offices }));
    expect(fault?.message).toMatch(/only: business-section, deputy-director, director, /u);
  });

  test("those of approval, filing and reporting are known, and those of every hall", () => {
    const ids = ["business-section", "deputy-director", "director", "office", "sending-unit", "manager", "unit-leader"];
    expect(faultsOf({ offices: Object.fromEntries(ids.map((id) => [id, ["zhang"]])) })).toEqual([]);
  });
});

test("a unit is not called as everybody is, nor as those of no unit", () => {
  const units = [unit("tax"), unit("all"), unit("centre")];
  expect(faultsOf({ units })).toEqual([
    "UNIT_RESERVED hall.attendance.units.1.id",
    "UNIT_RESERVED hall.attendance.units.2.id",
  ]);
});

test("the first day that is judged is a day of the calendar", () => {
  expect(faultsOf({ from: "2026-02-30" })).toEqual(["DATE_INVALID hall.attendance.from"]);
  expect(faultsOf({ from: "2028-02-29" })).toEqual([]);
});
