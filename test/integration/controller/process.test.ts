import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { EnrolmentTicket, elapsed, present } from "../../../protocol/index.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { hallward, writeConfiguration } from "./controller-process.ts";

// The controller as a process: it says when it is ready, leaves when it is told, and when it cannot start it says why
// in one line and with an exit code of its own.

test("it tells its parent and its log that it is ready, and closes within two seconds of SIGTERM", async () => {
  const { child, ready, ended } = hallward("controller", "--config", writeConfiguration(hallDirectory()));
  const { httpPort, mqttPort } = await ready;
  expect((await fetch(`http://127.0.0.1:${httpPort}/readyz`)).status).toBe(200);
  const asked = systemClock.mono();
  child.kill("SIGTERM");
  const { code, stdout, stderr } = await ended;
  expect(elapsed(asked, systemClock.mono())).toBeLessThan(2_000);
  expect(code).toBe(0);
  // The one-time link of the first account is for the console, and stands in no log line.
  const link = /^ {2}(http:\/\/\S+\/sign-in#first=[0-9a-f]{64})$/mu.exec(stderr)?.[1];
  expect(link).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${httpPort}/`, "u"));
  expect(stdout).not.toContain(link?.split("=")[1]);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.find(({ event }) => event === "controller.ready")).toMatchObject({ httpPort, mqttPort, hall: "test" });
  expect(lines.at(-1)).toMatchObject({ event: "controller.closed" });
});

test("a page that follows the hall does not keep it from closing", async () => {
  const { child, ready, ended } = hallward("controller", "--config", writeConfiguration(hallDirectory()));
  const { httpPort } = await ready;
  const page = await fetch(`http://127.0.0.1:${httpPort}/api/events`);
  const asked = systemClock.mono();
  child.kill("SIGINT");
  expect((await ended).code).toBe(0);
  expect(elapsed(asked, systemClock.mono())).toBeLessThan(2_000);
  await page.body?.cancel();
});

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

test.each(["http", "mqtt"])("a taken %s port is exit 72", async (door) => {
  const port = await takenPort();
  const config = writeConfiguration(hallDirectory(), { [door]: { host: "127.0.0.1", port } });
  const { code, stderr } = await hallward("controller", "--config", config).ended;
  expect(code).toBe(72);
  expect(stderr).toMatch(new RegExp(`^PORT_IN_USE: 127\\.0\\.0\\.1:${port} .*\\n$`, "u"));
});

test("data that another controller works on are exit 73, and the other one does not notice", async () => {
  const config = writeConfiguration(hallDirectory());
  const first = hallward("controller", "--config", config);
  const { httpPort } = await first.ready;
  const { code, stderr } = await hallward("controller", "--config", config).ended;
  expect(code).toBe(73);
  expect(stderr).toMatch(/^DATA_IN_USE: .*\n$/u);
  expect((await fetch(`http://127.0.0.1:${httpPort}/readyz`)).status).toBe(200);
});

test("a flipped byte in the log is exit 74, with its seq", async () => {
  const directory = hallDirectory();
  const config = writeConfiguration(directory);
  const first = hallward("controller", "--config", config);
  await first.ready;
  first.child.kill("SIGTERM");
  await first.ended;
  const file = join(directory, "hall.db");
  // Every copy that SQLite's pages hold, the living one among them.
  writeFileSync(
    file,
    Buffer.from(readFileSync(file, "latin1").replaceAll("controller.started", "controller.spartef"), "latin1"),
  );
  const { code, stderr } = await hallward("controller", "--config", config).ended;
  expect(code).toBe(74);
  expect(stderr).toMatch(/^LOG_BROKEN\b[^\n]*\bseq 1\b[^\n]*\n$/u);
});

test.each([
  ["an unknown key", { htpp: { port: 1 } }, /htpp: unknown key, did you mean "http"\?/u],
  ["a wrong value", { mqtt: { port: 70_000 } }, /mqtt\.port: /u],
])("%s in the configuration is exit 78, with its place", async (_what, change, line) => {
  const config = writeConfiguration(hallDirectory(), change);
  const { code, stderr } = await hallward("controller", "--config", config).ended;
  expect(code).toBe(78);
  expect(stderr).toMatch(line);
});

test("enrol prints a ticket for a terminal of the hall, and refuses others", async () => {
  const config = writeConfiguration(hallDirectory());
  const { code, stdout } = await hallward("enrol", "t01", "--config", config).ended;
  expect(code).toBe(0);
  expect(EnrolmentTicket.parse(JSON.parse(stdout)).url).toBe("http://127.0.0.1:0/");
  const refused = await hallward("enrol", "t99", "--config", config).ended;
  expect(refused.code).not.toBe(0);
  expect(present(refused.stderr.split("\n")[0], "a line")).toMatch(/^TERMINAL_UNKNOWN: .*t01, t02/u);
});
