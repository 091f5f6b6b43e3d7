import { expect, test } from "vitest";
import {
  HALL_BRANCHES_DOWN,
  TERMINAL_BRANCHES_DOWN,
  TERMINAL_BRANCHES_UP,
  WIRE,
  type WireBranch,
  type WireRow,
  wireOf,
} from "../../../protocol/index.ts";
import { EXAMPLES } from "../../../protocol/examples.ts";

const ROWS: readonly WireRow[] = Object.values(WIRE);
const branchesWhere = (keep: (row: WireRow) => boolean): readonly string[] =>
  ROWS.filter(keep)
    .map(({ branch }) => branch)
    .toSorted();
const fieldsOf = (branch: WireBranch): readonly string[] => Object.keys(WIRE[branch].schema.shape);

// The table agrees with the topics, and with the table of the architecture, row by row.
test("the table has exactly the branches that topics are made of, in their family and direction", () => {
  const both = (family: string, direction: string) =>
    branchesWhere((row) => row.family === family && row.direction === direction);
  expect(both("hall", "down")).toEqual(HALL_BRANCHES_DOWN.toSorted());
  expect(both("hall", "up")).toEqual([]);
  expect(both("terminal", "up")).toEqual(TERMINAL_BRANCHES_UP.toSorted());
  expect(both("terminal", "down")).toEqual(TERMINAL_BRANCHES_DOWN.toSorted());
});

test("only what the next message repairs travels unconfirmed, and only whole pictures are retained", () => {
  expect(branchesWhere(({ qos }) => qos === 0)).toEqual(["ack", "health"]);
  expect(branchesWhere(({ retained }) => retained)).toEqual(["board", "controller", "desired", "state"]);
  expect(branchesWhere(({ lastWill }) => lastWill)).toEqual(["controller", "state"]);
});

test("a last will is retained, so that it replaces the birth it takes back", () => {
  for (const row of ROWS.filter(({ lastWill }) => lastWill)) expect(row).toMatchObject({ retained: true, qos: 1 });
});

test("an answer flows the other way", () => {
  for (const row of ROWS.filter(({ answeredBy }) => answeredBy !== null)) {
    expect(ROWS.find(({ branch }) => branch === row.answeredBy)?.direction).not.toBe(row.direction);
  }
});

test("what tells a repeat is in the message", () => {
  for (const row of ROWS) {
    expect(fieldsOf(row.branch)).toEqual(expect.arrayContaining([...row.repeatKnownBy]));
    if (row.qos === 1) expect(row.repeatKnownBy).not.toEqual([]);
  }
});

test("every branch stands under its own name, with a schema, a name and an example of its own", () => {
  for (const [branch, row] of Object.entries(WIRE)) expect(row.branch).toBe(branch);
  expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
  expect(new Set(ROWS.map(({ schema }) => schema)).size).toBe(ROWS.length);
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(Object.keys(WIRE).toSorted());
});

test("every message says which version it is of", () => {
  for (const { branch } of ROWS) expect(fieldsOf(branch)).toContain("v");
});

test("wireOf gives the row of a branch", () => {
  expect(wireOf("desired")).toBe(WIRE.desired);
  expect(wireOf("ack")).toMatchObject({ qos: 0, retained: false, direction: "down" });
});
