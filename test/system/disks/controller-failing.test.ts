import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import type { HallOverview } from "../../../controller/projections/hall-overview.ts";
import { hallward, writeConfiguration } from "../../integration/controller/controller-process.ts";
import { giveAccount, signIn } from "../../support/signed-in.ts";
import { type FailingDisk, failingDisk } from "./failing-disk.ts";

// A controller whose disk fails under it. Refused writes are waited out; after a failed fsync the process ends, and the
// one that follows shows what is there and writes nothing until the disk answers again.

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));
const SOON = { timeout: 40_000, interval: 100 };

interface Hall {
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
  ticket(): Promise<{ readonly status: number; readonly number: string | undefined }>;
  alarms(): Promise<string[]>;
  issued(): Promise<number>;
  stop(): void;
}

async function startOn(disk: FailingDisk, config: string): Promise<Hall> {
  giveAccount(disk.directory, { id: "manager", roles: ["manager"] });
  const env = { ...process.env, ...disk.env };
  const child = spawn(process.execPath, [HALLWARD, "controller", "--config", config], {
    env,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended: Hall["ended"] = new Promise((resolve) => child.once("close", (code) => resolve({ code, stderr })));
  const { httpPort } = await new Promise<{ httpPort: number }>((resolve, reject) => {
    child.once("message", (message) => resolve(message as { httpPort: number }));
    void ended.then((end) => reject(new TypeError(end.stderr)));
  });
  const base = `http://127.0.0.1:${httpPort}`;
  const overview = async () => {
    const headers = await signIn(base, "manager");
    return (await (await fetch(`${base}/api/overview`, { headers })).json()) as HallOverview;
  };
  return {
    ended,
    async ticket() {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ service: "apply" });
      try {
        const answer = await fetch(`${base}/api/tickets`, { method: "POST", headers, body });
        return { status: answer.status, number: ((await answer.json()) as { number?: string }).number };
      } catch {
        return { status: 0, number: undefined }; // The process ended under it.
      }
    },
    alarms: async () => (await overview()).alarms.map(({ code }) => code),
    issued: async () => (await overview()).today.issued,
    stop: () => void child.kill("SIGTERM"),
  };
}

async function logOf(directory: string): Promise<string> {
  return (await hallward("log", "verify", "--data", directory).ended).stdout;
}

test.each([
  ["read-only", "erofs", "store-read-only"],
  ["full", "enospc", "store-full"],
] as const)("a disk that turns %s is waited out by the same process", async (_what, mode, alarm) => {
  const disk = failingDisk();
  const hall = await startOn(disk, writeConfiguration(disk.directory));
  const first = await hall.ticket();
  disk.set(mode);
  expect(await hall.ticket()).toEqual({ status: 503, number: undefined });
  expect(await hall.alarms()).toEqual([alarm]);
  expect(await hall.issued()).toBe(1);
  disk.set("");
  await vi.waitFor(async () => expect(await hall.alarms()).toEqual([]), SOON);
  const second = await hall.ticket();
  expect([first, second].map(({ number }) => number)).toEqual(["A001", "A002"]);
  hall.stop();
  expect((await hall.ended).code).toBe(0);
  expect(await logOf(disk.directory)).toMatch(/events verified/u);
});

test("a failed fsync ends the process; the next one reads on, and writes once the disk has answered", async () => {
  const disk = failingDisk();
  const config = writeConfiguration(disk.directory);
  const struck = await startOn(disk, config);
  expect((await struck.ticket()).number).toBe("A001");
  disk.set("eio-fsync");
  expect((await struck.ticket()).status).toBe(0);
  expect(await struck.ended).toEqual({
    code: 76,
    stderr: expect.stringMatching(/^STORE_FAILED: [^\n]*\n$/u) as string,
  });

  const reading = await startOn(disk, config);
  expect(await reading.alarms()).toEqual(["store-failed"]);
  expect(await reading.ticket()).toEqual({ status: 503, number: undefined });
  const seen = await reading.issued();
  expect(seen).toBeGreaterThanOrEqual(1); // The struck ticket may stand there: nobody was told that it does not.
  disk.set("");
  expect((await reading.ended).code).toBe(76); // Only a process that reads the disk afresh writes on it.
  await goesOn(disk, config, seen);
});

test("a disk on which no write succeeds ends the process, and its successors until it answers", async () => {
  const disk = failingDisk();
  const config = writeConfiguration(disk.directory);
  const struck = await startOn(disk, config);
  expect((await struck.ticket()).number).toBe("A001");
  disk.set("eio-write");
  expect((await struck.ticket()).status).toBe(0);
  const line = expect.stringMatching(/^STORE_FAILED: [^\n]*\n$/u) as string;
  expect(await struck.ended).toEqual({ code: 76, stderr: line });
  await expect(startOn(disk, config)).rejects.toThrow(/^STORE_FAILED: /u);
  disk.set("");
  await goesOn(disk, config, 1);
});

async function goesOn(disk: FailingDisk, config: string, issued: number): Promise<void> {
  const well = await startOn(disk, config);
  expect(await well.alarms()).toEqual([]);
  expect((await well.ticket()).status).toBe(201);
  expect(await well.issued()).toBe(issued + 1);
  well.stop();
  await well.ended;
  expect(await logOf(disk.directory)).toMatch(/events verified/u);
}
