// What is typed of a paper is kept to the form of this hall's numbers: letters of its queues, their digits, then the
// check.
import { expect, test } from "vitest";
import {
  emptyEntry,
  type EntryInput,
  isWhole,
  type NumberEntry,
  stepEntry,
} from "../../../../../controller/web/pages/kiosk/number-entry.ts";

const FORMS = [
  { letter: "A", digits: 3 },
  { letter: "VB", digits: 4 },
];

const after = (inputs: readonly EntryInput[], forms = FORMS): NumberEntry =>
  inputs.reduce((entry, input) => stepEntry(entry, input), emptyEntry(forms));
const keys = (...pressed: readonly string[]): EntryInput[] =>
  pressed.map((key) => ({ type: "key-touched", key }) as const);
const deleted: EntryInput = { type: "delete-touched" };

test.each<[string, readonly EntryInput[], Partial<NumberEntry>]>([
  ["a whole number leads on to the check", keys("A", "0", "3", "3"), { number: "A033", field: "check" }],
  ["two letters are one key", keys("VB", "0", "0", "3"), { number: "VB003", field: "number" }],
  ["digits without a letter are nothing", keys("0", "3"), { number: "" }],
  ["another letter begins the number anew", keys("A", "0", "VB"), { number: "VB", field: "number" }],
  ["a letter also corrects a whole number", keys("A", "0", "3", "3", "4", "VB"), { number: "VB", field: "number" }],
  ["a fifth digit of the check is left out", keys("A", "0", "3", "3", "4", "8", "2", "1", "9"), { check: "4821" }],
  ["delete takes the check first", [...keys("A", "0", "3", "3", "4"), deleted], { number: "A033", check: "" }],
  ["and then the number", [...keys("A", "0", "3", "3"), deleted], { number: "A03", field: "number" }],
  ["delete of nothing is nothing", [deleted], { number: "", check: "" }],
  [
    "a keyboard's text is kept to its form",
    [{ type: "typed", field: "number", text: "a-0339 张" }],
    { number: "A033" },
  ],
  ["letters of no queue have no digits", [{ type: "typed", field: "number", text: "Z12" }], { number: "Z" }],
  ["a check has digits alone", [{ type: "typed", field: "check", text: " 48a21x7" }], { check: "4821" }],
  ["a field is chosen by touch", [{ type: "field-touched", field: "check" }, ...keys("7")], { check: "7", number: "" }],
])("%s", (_what, inputs, entry) => {
  expect(after(inputs)).toMatchObject(entry);
});

test("with one queue its letter needs no key", () => {
  expect(after(keys("0", "3", "3"), [{ letter: "A", digits: 3 }])).toMatchObject({ number: "A033", field: "check" });
});

test.each([
  ["A033", "4821", true],
  ["A03", "4821", false],
  ["A033", "482", false],
  ["VB033", "4821", false],
  ["VB0033", "4821", true],
])("%s with %s is whole: %s", (number, check, whole) => {
  expect(isWhole({ ...emptyEntry(FORMS), number, check })).toBe(whole);
});
