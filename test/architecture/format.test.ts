import { expect, onTestFinished, test } from "vitest";
import { plantRepository } from "./mini-repository.ts";

// The format gate fails on files written otherwise than Biome writes them, and names exactly those.

const MISFORMATTED = {
  "controller/core/hall.ts": "export const hall = {a:1}\n",
  "controller/core/wide.ts": `export const wide = [${'"one", '.repeat(30)}];\n`,
  "protocol/limits.json": '{"a":    1}\n',
};
const WELL_FORMATTED = {
  "controller/core/place.ts": "export const place = 1;\n",
  "docs/place.json": '{"a":1}\n',
  ".build/hall.ts": "export const hall = {a:1}\n",
};

test("misformatted files are named, and no others", { timeout: 120_000 }, () => {
  const planted = plantRepository({ ...MISFORMATTED, ...WELL_FORMATTED });
  onTestFinished(planted.remove);
  const { exitCode, output } = planted.run("biome", "format", "--colors=off", "--reporter=github", ".");
  const isNamed = (path: string): boolean => output.includes(`${path},`);
  expect(Object.keys(MISFORMATTED).filter((path) => !isNamed(path))).toEqual([]);
  expect(Object.keys(WELL_FORMATTED).filter(isNamed)).toEqual([]);
  expect(exitCode).not.toBe(0);
});
