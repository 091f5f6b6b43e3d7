import { expect, onTestFinished, test } from "vitest";
import { plantRepository } from "./mini-repository.ts";
import { listSources, readSources, REPOSITORY } from "./repository.ts";
import { untidy } from "./tidy.ts";

// The repository is tidy, and the check reads the files it ought to: a violation planted in a repository on disk is
// reported with its path, tracked by git or not, and what git ignores is left alone.

test("the repository is tidy", { timeout: 120_000 }, () => {
  expect(untidy(readSources(REPOSITORY))).toEqual([]);
});

test("the check reads this repository", () => {
  expect(listSources(REPOSITORY)).toEqual(
    expect.arrayContaining(["protocol/base/time.ts", "test/architecture/tidy.ts"]),
  );
});

test("a new file is judged before it is committed", () => {
  const untidyText = "export const at = Date.now();\n";
  const planted = plantRepository({
    "controller/core/hall.ts": untidyText,
    "controller/web/pages/board.tsx": "export const board = <p>TODO</p>; // TODO\n",
    ".build/controller/core/hall.ts": untidyText,
    "test/fixtures/hall.ts": untidyText,
  });
  onTestFinished(planted.remove);
  expect(untidy(readSources(planted.root))).toEqual([
    expect.stringMatching(/^controller\/core\/hall\.ts:1 Date\.now is banned here: take a Clock/u),
    expect.stringMatching(/^controller\/web\/pages\/board\.tsx:1 TODO in a comment: /u),
  ]);
});
