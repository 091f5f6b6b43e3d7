import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));

function sim(args: string, env: Readonly<Record<string, string>> = {}, flags: readonly string[] = []) {
  const { status, stdout } = spawnSync(process.execPath, [...flags, HALLWARD, "sim", ...args.split(" ")], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, lines: stdout.trimEnd().split("\n") };
}

test("seeds are played in several processes and counted in the last line", () => {
  const { status, lines } = sim("--seeds 1..6 --minutes 10 --counters 2 --faults none --jobs 2");
  expect(lines.at(-1)).toBe("6 passed, 0 failed");
  expect(lines.some((line) => line.endsWith("  tap green"))).toBe(true);
  expect(status).toBe(0);
});

// A run that cannot fail proves nothing: about one seed in a hundred is made to, and must be seen.
test("the canary is seen, shrunk, and replayed by the line that is printed", () => {
  const { status, lines } = sim("--seeds 40..60 --minutes 2 --canary --jobs 2");
  expect(status).toBe(129);
  expect(lines.at(-1)).toBe("20 passed, 1 failed");
  expect(lines).toContain("seed 51 FAILED: correctness");
  const again = lines.find((line) => line.startsWith("  again "))?.replace(/^.* sim /u, "") ?? "";
  expect(again).toBe("--seeds 51 --counters 1 --minutes 1 --faults=none --canary --trace");
  const replayed = sim(again);
  expect(replayed.lines).toContain("seed 51 FAILED: correctness");
  expect(replayed.lines.some((line) => line.includes("tap-presented"))).toBe(true);
});

// Neither the zone, nor the language, nor how this process hashes its maps has a part in a seed's history.
test("the log's hash does not depend on the machine's settings", () => {
  const hashOf = (env: Readonly<Record<string, string>>, flags: readonly string[]): string | undefined =>
    sim("--seeds 3 --minutes 10", env, flags).lines.find((line) => line.startsWith("log "));
  const here = hashOf({ TZ: "Asia/Shanghai", LANG: "zh_CN.UTF-8", LC_ALL: "zh_CN.UTF-8" }, []);
  const there = hashOf({ TZ: "America/St_Johns", LANG: "C", LC_ALL: "C" }, ["--hash-seed=4711", "--random-seed=9"]);
  expect(here).toMatch(/^log [0-9a-f]{64}$/u);
  expect(there).toBe(here);
});
