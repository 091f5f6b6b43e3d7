import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EXIT_CODES } from "../../../controller/exit-codes.ts";

// What technicians read is what the programs do: the table of docs/start-up-errors.md and exit-codes.ts say the same.

const TABLE = join(import.meta.dirname, "../../../docs/start-up-errors.md");
const ROW = /^\| `([A-Z_]+)` \| (\d+) \| [^|]+ \| [^|]*[\u4e00-\u9fff][^|]* \|$/gmu;

test("every code has its row, with its exit code and its advice in both languages", () => {
  const rows = [...readFileSync(TABLE, "utf8").matchAll(ROW)].map(([, code, exit]) => [code, Number(exit)] as const);
  expect(Object.fromEntries(rows)).toEqual(EXIT_CODES);
  expect(rows).toHaveLength(Object.keys(EXIT_CODES).length);
});
