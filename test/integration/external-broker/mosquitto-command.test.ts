import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hallDirectory } from "../authority/hall-directory.ts";
import { hallward, writeConfiguration } from "../controller/controller-process.ts";

// `hallward broker mosquitto`: what it writes, and that it says in one line what it will not do. Needs no Mosquitto.

const OUTSIDE = { externalBroker: { host: "127.0.0.1", port: 18_883 } };
const FILES = ["authority.pem", "mosquitto.conf", "revoked.pem", "server.pem", "topic-rules.acl"];

function command(config: string, directory: string, ...more: readonly string[]) {
  return hallward("broker", "mosquitto", "--config", config, "--directory", directory, ...more).ended;
}

test("it writes every file for its owner's eyes alone, says what to do next, and may be run again", async () => {
  const home = hallDirectory();
  const config = writeConfiguration(home, OUTSIDE);
  const directory = join(home, "mosquitto");
  const { code, stdout, stderr } = await command(config, directory);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`mosquitto -c ${directory}/mosquitto.conf`);
  expect(readdirSync(directory).toSorted()).toEqual(FILES);
  for (const name of FILES) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
  const server = readFileSync(join(directory, "server.pem"), "utf8");
  expect((await command(config, directory)).code).toBe(0);
  expect(readFileSync(join(directory, "server.pem"), "utf8")).toBe(server); // Not due: terminals see no change.
  expect(readFileSync(join(directory, "authority.pem"), "utf8")).not.toContain("PRIVATE KEY");
});

test.each([
  ["without an external broker in the configuration", {}, "m", [], 78, /^CONFIG_NO_BROKER: .*externalBroker: \{.*\n$/u],
  ["for a path Mosquitto cannot read", OUTSIDE, "a b", [], 64, /^USAGE: ".*a b" is no plain path.*\n$/u],
  ["for a user that is no name", OUTSIDE, "m", ["--user", "a b"], 64, /^USAGE: "a b" is no name of a user\n$/u],
  ["for a port that is none", { externalBroker: { port: 0 } }, "m", [], 78, /externalBroker\.port/u],
])("it refuses in one line %s", async (_what, change, name, more, exit, line) => {
  const home = hallDirectory();
  const { code, stderr } = await command(writeConfiguration(home, change), join(home, name), ...more);
  expect(code).toBe(exit);
  expect(stderr).toMatch(line);
});

test("a file of somebody else's is not overwritten, and nothing beside it is written", async () => {
  const home = hallDirectory();
  const directory = join(home, "mosquitto");
  mkdirSync(directory);
  writeFileSync(join(directory, "mosquitto.conf"), "# Mine.\n");
  chmodSync(join(directory, "mosquitto.conf"), 0o644);
  const { code, stderr } = await command(writeConfiguration(home, OUTSIDE), directory);
  expect(code).toBe(71);
  expect(stderr).toMatch(/^FILE_FOREIGN: .*mosquitto\.conf is there and was not written for hall test;.*\n$/u);
  expect(readdirSync(directory)).toEqual(["mosquitto.conf"]);
  expect(readFileSync(join(directory, "mosquitto.conf"), "utf8")).toBe("# Mine.\n");
});
