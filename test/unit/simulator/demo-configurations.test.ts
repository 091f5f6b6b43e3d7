import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ControllerConfiguration } from "../../../controller/index.ts";
import { present } from "../../../protocol/index.ts";
import { controllerConfiguration, terminalConfiguration } from "../../../simulator/demo/configurations.ts";
import type { DemoOptions } from "../../../simulator/demo/demo-options.ts";
import { DEMO_COUNTERS_MAX, planHall } from "../../../simulator/demo/hall-plan.ts";
import { TerminalConfig } from "../../../terminal/index.ts";

const digestOf = (badge: string): string => createHash("sha256").update(badge).digest("hex");

function configured(counters: number): ControllerConfiguration {
  const options: DemoOptions = { ...OPTIONS, counters };
  return ControllerConfiguration.parse(controllerConfiguration(planHall(counters), options, digestOf));
}

const OPTIONS: DemoOptions = {
  counters: 6,
  port: 8080,
  mqttPort: 8883,
  data: "/srv/hall",
  quiet: false,
  seed: 1,
  reader: null,
};

describe("what the demonstration writes is what the programs read", () => {
  test.each([1, 2, 6, DEMO_COUNTERS_MAX])("a controller of %i counters", (counters) => {
    const { hall, http, mqtt } = configured(counters);
    expect(hall.counters).toHaveLength(counters);
    expect(hall.staff).toHaveLength(counters + 1);
    expect([http.port, mqtt.port]).toEqual([8080, 8883]);
  });

  test("a terminal", () => {
    const counter = present(planHall(1).counters[0], "the one counter");
    const config = TerminalConfig.parse(terminalConfiguration(counter, OPTIONS, "/srv/hall/terminals/t01"));
    expect(config).toMatchObject({ terminal: "t01", directory: "/srv/hall/terminals/t01" });
  });
});

// Tickets, staff on duty and terminals of an earlier start are known by these ids.
test("a later start with other options finds the same counters, people, badges and queues", () => {
  const small = configured(2).hall;
  const large = configured(6).hall;
  expect(large.counters.slice(0, 2)).toEqual(small.counters);
  expect(large.queues).toEqual(small.queues);
  expect(large.services).toEqual(small.services);
  const badges = new Map(large.staff.map(({ id, badges: cards }) => [id, cards]));
  for (const person of small.staff) expect(badges.get(person.id)).toEqual(person.badges);
});

test("with more windows the voice has less time for each call", () => {
  const slots = [1, 6, 20, 64].map((counters) => configured(counters).hall.rules.announcementSlotMs);
  expect(slots).toEqual([4000, 3000, 900, 800]);
});
