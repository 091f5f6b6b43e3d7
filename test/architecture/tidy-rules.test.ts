import { expect, test } from "vitest";
import { parseSource } from "./source-file.ts";
import { tidyRules, untidy } from "./tidy.ts";
import { tidyFiles } from "./tidy-plants.ts";
import { untidyFiles } from "./untidy-plants.ts";

// Each rule of the tidy check finds what breaks it, on the line where it stands and with words on what to write
// instead, and lets be what only looks like it.

test.each(untidyFiles)("$rule: $path: $shown", ({ rule, path, text, line }) => {
  const found = untidy(
    [parseSource(path, text)],
    tidyRules.filter(({ name }) => name === rule),
  );
  expect(found.filter((words) => words.startsWith(`${path}:${line} `))).not.toEqual([]);
});

test.each(tidyFiles)("let be: $because", ({ path, text }) => {
  expect(untidy([parseSource(path, text)])).toEqual([]);
});

test("every rule is broken by a planted file", () => {
  const broken = new Set(untidyFiles.map(({ rule }) => rule));
  expect(tidyRules.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
});

test("every message says what is wrong, and after a colon what to write instead", () => {
  const messages = untidyFiles.flatMap(({ path, text }) => untidy([parseSource(path, text)]));
  expect(messages.filter((message) => !/^\S+:\d+ .+: .{8,}$/u.test(message))).toEqual([]);
});
