import { expect, test } from "vitest";
import { editDistance, nearestWord } from "../../../hardware/system/nearest-word.ts";

test.each([
  ["", "", 0],
  ["host", "host", 0],
  ["hst", "host", 1],
  ["hots", "host", 2],
  ["mqttport", "mqttPort", 0.5],
  ["", "abc", 3],
])("from %j to %j it is %d", (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test.each([
  ["mqttport", "mqttPort"],
  ["prot", "port"],
  ["hostname", "host"],
  ["directry", "directory"],
  ["x", null],
  ["completely-different", null],
])("%s was meant to be %s", (word, nearest) => {
  expect(nearestWord(word, ["host", "mqttPort", "port", "directory"])).toBe(nearest);
});
