import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hallDirectory } from "../../integration/authority/hall-directory.ts";
import { hallward, writeConfiguration } from "../../integration/controller/controller-process.ts";
import { bytesOf } from "../../integration/start-up/untouched.ts";
import { smallDisk } from "./small-disk.ts";

// A controller on a file system that is mounted read-only does not start, says so in one line and touches nothing; once
// it is writable, the next start goes on where the hall was. Even root is told so here.

test("a read-only file system at the start: 68, and nothing touched", async () => {
  const disk = smallDisk();
  const config = writeConfiguration(hallDirectory(), { directory: disk.directory });
  const first = hallward("controller", "--config", config);
  await first.ready;
  first.child.kill("SIGKILL");
  await first.ended;
  execFileSync("mount", ["-o", "remount,ro", disk.directory]);
  const before = bytesOf(disk.directory);
  const { code, stderr } = await hallward("controller", "--config", config).ended;
  expect(code).toBe(68);
  expect(stderr).toMatch(/^DIRECTORY_UNWRITABLE: [^\n]*\n$/u);
  expect(bytesOf(disk.directory)).toEqual(before);
  execFileSync("mount", ["-o", "remount,rw", disk.directory]);
  const next = hallward("controller", "--config", config);
  const { httpPort } = await next.ready;
  expect((await fetch(`http://127.0.0.1:${httpPort}/readyz`)).status).toBe(200);
});

test("a new hall below a read-only file system makes nothing", async () => {
  const disk = smallDisk();
  mkdirSync(join(disk.directory, "halls"));
  execFileSync("mount", ["-o", "remount,ro", disk.directory]);
  const config = writeConfiguration(hallDirectory(), { directory: join(disk.directory, "halls", "new") });
  expect((await hallward("controller", "--config", config).ended).code).toBe(68);
});
