// Proves ATT-69: a change of posting needs the consent of whom the text names, before it holds; a configuration that
// takes windows from somebody without it is on record, with the years that the register has for them.
import { expect, test } from "vitest";
import type { HallConfiguration } from "../../../../../controller/core/configuration.ts";
import { bodiesOf } from "../../../../support/test-events.ts";
import {
  actor,
  DIRECTOR,
  HALF_PAST_EIGHT,
  HEAD,
  MONDAY_EARLY,
  OFFICE,
  OfficeHall,
  officeConfiguration,
} from "./office-rig.ts";

const CONSENT = actor("city", ["manager"]);
const OFFICES = { offices: { "city-leader": ["city"], centre: ["city"], "main-leader": ["city"] } };
const askedFor = (policy: string) => ({ policy, settings: HALF_PAST_EIGHT, ...OFFICES });
const move = (more: object = {}) => ({
  kind: "posting",
  person: "s01",
  change: "transfer",
  from: "2026-03-03",
  ...more,
});

function hallOf(policy: string): OfficeHall {
  const hall = new OfficeHall(askedFor(policy), MONDAY_EARLY, {});
  hall.run({ type: "start", version: "test", configuration: configurationOf(policy, ["1"], "2024-03-04") });
  return hall;
}

/** The hall with these windows for clerk 1, who came on that day. */
function configurationOf(policy: string, windows: readonly string[], postedOn?: string): HallConfiguration {
  const configuration = officeConfiguration(askedFor(policy), {}, { s01: windows });
  const staff = configuration.staff.map((person) =>
    person.id === "s01" && postedOn !== undefined ? { ...person, postedOn } : person,
  );
  return { ...configuration, staff };
}

const flaggedBy = (hall: OfficeHall, configuration: HallConfiguration) =>
  bodiesOf(hall.run({ type: "start", version: "test", configuration }), "posting.changed-unconsented");

test.each([
  ["linze", "政务服务中心"],
  ["jiayuguan", "市政府分管领导"],
  ["baodi", "行政许可服务中心"],
])("ATT-69: in %s a change waits for %s, and is asked for before it holds", (policy, zh) => {
  const hall = hallOf(policy);
  const filed = hall.filed(HEAD, move());
  expect(filed).toMatchObject({ state: "waiting", due: [{ zh }], rules: ["ATT-69"] });
  expect(hall.sign(DIRECTOR, filed, "approve")).toBe("not-an-approver");
  expect(hall.sign(CONSENT, filed, "approve")).toBe("holds");
  expect(hall.file(OFFICE, move({ from: "2026-03-02" }))).toBe("not-in-advance");
});

test("ATT-69: the town's main leader consents in writing: without the paper it is not taken", () => {
  expect(hallOf("zhen-b").file(HEAD, move())).toBe("paper-missing");
});

test("a regulation that says nothing leaves it to the manager, as the product's default", () => {
  const filed = hallOf("hall-0830").filed(OFFICE, move({ from: "2026-03-02" }));
  expect(filed).toMatchObject({ due: [{ id: "manager" }], rules: ["default:posting.consent"] });
});

test("ATT-69: windows taken from somebody without consent are on record, with the whole years they had", () => {
  const hall = hallOf("jiayuguan");
  expect(flaggedBy(hall, configurationOf("jiayuguan", ["2"]))).toEqual([
    { staffId: "s01", windows: ["1"], years: 1, yearsAsked: 2, rules: ["ATT-69"] },
  ]);
  expect(flaggedBy(hall, configurationOf("jiayuguan", ["2"]))).toEqual([]);
  const gone = configurationOf("jiayuguan", ["2"]);
  const without = { ...gone, staff: gone.staff.filter(({ id }) => id !== "s01") };
  expect(flaggedBy(hall, without)).toMatchObject([{ staffId: "s01", windows: ["2"], years: null }]);
});

test("ATT-69: with a consent that holds by then nothing is flagged; one for later, or a reward, is none", () => {
  const hall = hallOf("jiayuguan");
  hall.sign(CONSENT, hall.filed(HEAD, move({ change: "reward" })), "approve");
  hall.sign(CONSENT, hall.filed(HEAD, move({ from: "2026-03-04" })), "approve");
  hall.go("2026-03-03T07:00");
  expect(flaggedBy(hall, configurationOf("jiayuguan", ["2"]))).toHaveLength(1);
  hall.go("2026-03-04T07:00");
  expect(flaggedBy(hall, configurationOf("jiayuguan", ["1"]))).toEqual([]);
});

test("more windows are no change of posting, and other regulations flag nothing", () => {
  expect(flaggedBy(hallOf("jiayuguan"), configurationOf("jiayuguan", ["1", "2"]))).toEqual([]);
  expect(flaggedBy(hallOf("hall-0830"), configurationOf("hall-0830", ["2"]))).toEqual([]);
});
