// Proves that `hallward doctor --probe` hears whether a device answers: emulated ones over sockets do, and one that is
// not there is told once.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));
const MINUTE = 60_000;
const place = mkdtempSync(join(tmpdir(), "hallward-probe-"));
const emulators: ChildProcess[] = [];
afterAll(() => {
  for (const emulator of emulators) emulator.kill("SIGKILL");
  rmSync(place, { recursive: true });
});

/** The port it listens on. Its input stays open, or it would end. */
async function emulate(device: string): Promise<number> {
  const child = spawn(process.execPath, [HALLWARD, "emulate", device, "--port", "0"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  emulators.push(child);
  child.stdout.setEncoding("utf8");
  let said = "";
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error(`${device} is gone: ${said}`)));
    child.stdout.on("data", (text: string) => {
      said += text;
      const [, port] = /127\.0\.0\.1:(\d+)/u.exec(said) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
  });
}

const Report = z.object({ ok: z.boolean(), findings: z.array(z.object({ code: z.string(), en: z.string() })) });

async function probe(devices: unknown): Promise<readonly string[]> {
  const file = join(place, "terminal.yaml");
  const controller = { host: "127.0.0.1", mqttPort: 1 };
  writeFileSync(file, JSON.stringify({ hall: "haitang", terminal: "t01", controller, directory: place, devices }));
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, [HALLWARD, "doctor", "--probe", "--json", "--config", file], (_, stdout) =>
      resolve(stdout),
    );
  });
  const { findings } = Report.parse(JSON.parse(said));
  return findings.flatMap(({ code, en }) =>
    code.startsWith("DEVICE_") && !code.endsWith("OK") ? [`${code} ${en}`] : [],
  );
}

test("what answers, and what is not there", { timeout: MINUTE }, async () => {
  const [osdp, onbon] = await Promise.all([emulate("osdp"), emulate("onbon")]);
  const at = (port: number) => ({ host: "127.0.0.1", port });
  const reader = { driver: "osdp", address: 0, security: "none" };
  expect(
    await probe({
      badgeReader: { ...reader, line: at(osdp) },
      nameplate: { driver: "onbon", card: "6K", sign: "256x64", line: at(onbon) },
      ratingKeypad: { driver: "serial", path: join(place, "nothing") },
    }),
  ).toEqual([
    expect.stringMatching(/^DEVICE_ABSENT buttons/u),
    expect.stringMatching(/^DEVICE_MISSING rating keypad/u),
    "DEVICE_ANSWERS badge reader osdp answers",
    "DEVICE_ANSWERS nameplate onbon answers",
  ]);
});
