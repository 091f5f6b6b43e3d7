// The operating system's tools: a killed terminal leaves none behind, one that is not installed is told, all are ended.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { runTool, systemTools } from "../../../hardware/links/tools.ts";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("a tool dies with the process that started it, though that was killed and could say nothing", async () => {
  const module = JSON.stringify(new URL("../../../hardware/links/tools.ts", import.meta.url).href);
  const code = `const { systemTools } = await import(${module});
    systemTools.start("sh", ["-c", "echo $$; exec sleep 1000"], { onLine: (l) => console.log(l), onEnd() {} });`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(line.toString());
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await gone(pid);
});

test("a tool that is not installed is missing; one that fails says why; one that runs is killed", async () => {
  expect(await runTool(systemTools, "no-such-tool-of-ours", [])).toMatchObject({ missing: true });
  const failed = await runTool(systemTools, "sh", ["-c", "echo out; echo err >&2; exit 3"]);
  expect(failed).toEqual({ code: 3, missing: false, lines: ["out"], stderr: "err\n" });
  let pid = 0;
  const started = Promise.withResolvers<void>();
  const running = systemTools.start("sh", ["-c", "echo $$; exec sleep 1000"], {
    onLine(line) {
      pid = Number(line);
      started.resolve();
    },
    onEnd() {},
  });
  await started.promise;
  await running.kill();
  expect(isAlive(pid)).toBe(false);
  await running.kill();
});
