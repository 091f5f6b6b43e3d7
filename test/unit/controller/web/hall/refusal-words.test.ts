import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { REFUSALS } from "../../../../../controller/web/pages/hall/refusal-words.ts";

// A technician who sees a code on the page finds it in the guide, with the same words.

test("the guide names every refusal as the page does", () => {
  const guide = readFileSync(new URL("../../../../../docs/refused-at-the-wire.md", import.meta.url), "utf8");
  for (const [code, { zh, en }] of Object.entries(REFUSALS)) expect(guide).toContain(`| \`${code}\` | ${zh} | ${en} |`);
});
