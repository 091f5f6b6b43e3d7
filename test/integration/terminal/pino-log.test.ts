import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MODULE = fileURLToPath(new URL("../../../hardware/system/pino-log.ts", import.meta.url));

/** What a process of its own says that logs and then crashes at once. */
function saidBy(options: string, descriptor: 1 | 2): unknown[] {
  const script = `
    import { createPinoLog } from ${JSON.stringify(MODULE)};
    const log = createPinoLog(${options});
    log.debug("too.small", {});
    log.info("link.up", { attempt: 1, reason: undefined });
    log.error("terminal.failed", { code: "X" });
    process.kill(process.pid, "SIGKILL");
  `;
  const { output } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  const text = output[descriptor] ?? "";
  return text
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

// The line before a crash is the one that is looked for: it must be out when the call returns.
test.each([1, 2] as const)("one JSON line per event on descriptor %i, also right before a kill", (descriptor) => {
  const lines = saidBy(`{ base: { program: "terminal" }, descriptor: ${descriptor} }`, descriptor);
  expect(lines).toMatchObject([
    { level: "info", event: "link.up", program: "terminal", attempt: 1, time: expect.stringMatching(/Z$/u) as string },
    { level: "error", event: "terminal.failed", code: "X" },
  ]);
});
