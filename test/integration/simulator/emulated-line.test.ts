// Proves that an emulated line takes nobody's file away: whatever has its name already stays, and the line says so.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { createEmulateCommand } from "../../../simulator/emulate/emulate-command.ts";
import { PtyEnd } from "../../../simulator/emulate/pty-end.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "hallward-line-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const refusal = (path: string) =>
  new PtyEnd(path, { onHeard: () => {}, onBroken: () => {} }).plug().then(
    () => "made",
    (thrown: unknown) => (thrown instanceof Error ? thrown.message : ""),
  );

test("a file, a folder and a link to something else are left as they are", async () => {
  const here = folder();
  const [file, directory, link] = [join(here, "file"), join(here, "directory"), join(here, "link")];
  writeFileSync(file, "precious");
  mkdirSync(directory);
  symlinkSync(file, link);
  for (const path of [file, directory, link]) {
    expect(await refusal(path)).toBe(
      `Cannot make a serial line at ${path}: something else is there already; choose another name.`,
    );
  }
  expect(readFileSync(link, "utf8")).toBe("precious");
});

test("where no line can be the reason is told, and not that socat were missing", async () => {
  const here = folder();
  expect(await refusal(join(here, "none", "line"))).toMatch(/there is no folder/u);
  expect(await refusal(join(here, "a,b"))).toMatch(/must not have a comma/u);
});

test.each([
  ["onbon", /^ {2}nameplate: \{ driver: onbon, .* line: \{ host: 127\.0\.0\.1, port: [1-9]\d* \} \}$/u],
  ["alpha", null],
])("%s on a port: what to write is told where a terminal can open it there", async (device, expected) => {
  const said: string[] = [];
  const input = new PassThrough();
  const world = { clock: systemClock, say: (line: string) => void said.push(line), input, stopped: Promise.resolve() };
  await createEmulateCommand(() => world).parseAsync([device, "--port", "0"], { from: "user" });
  const written = said.filter((line) => line.includes("driver:"));
  if (expected === null) expect(written).toEqual([]);
  else expect(written).toEqual([expect.stringMatching(expected)]);
});
