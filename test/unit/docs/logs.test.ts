import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { logLinesOf, logPage } from "../../support/log-lines.ts";

// Proves of every line that controller and terminal can write: an event's name and flat fields, no prose, nothing
// about a person, no secret; and that docs/logs.md lists them all.

const ROOT = new URL("../../../", import.meta.url).pathname;
const lines = logLinesOf(ROOT);

/** What would say who somebody is, or open a door. */
const FORBIDDEN =
  /^(name|person|staff|staffId|badge|badgeDigest|digest|phone|idNumber|token|secret|password|privateKey|cookie|csr|uid)$/iu;

test("the lines are found at all", () => {
  expect(lines.length).toBeGreaterThan(40);
});

test("an event's name is a literal: a thing and what became of it", () => {
  const wrong = lines.filter(({ event }) => event === null || !/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/u.test(event));
  expect(wrong).toEqual([]);
});

test("fields are flat, and none is a sentence with values glued in", () => {
  const wrong = lines.flatMap(({ where, fields }) =>
    fields.filter(({ fault }) => fault !== null).map(({ name }) => `${where} ${name}`),
  );
  expect(wrong).toEqual([]);
});

test("no field is about a person, and none is a secret", () => {
  const wrong = lines.flatMap(({ where, fields }) =>
    fields.filter(({ name }) => FORBIDDEN.test(name)).map(({ name }) => `${where} ${name}`),
  );
  expect(wrong).toEqual([]);
});

test("docs/logs.md is what the sources say", () => {
  const page = readFileSync(new URL("../../../docs/logs.md", import.meta.url), "utf8");
  // When this fails, the page is stale: `npm run docs`.
  expect(page).toBe(logPage(lines));
});
