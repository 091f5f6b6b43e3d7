// The vault's files are their owner's alone and whole; what a crash left half written is gone at the next start.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { erasuresIn, noteErasure, openEvidenceVault } from "../../../controller/adapters/evidence/evidence-vault.ts";

const DIGEST = "ab".repeat(32);
const PAPER = { mediaType: "image/png", base64: "iVBORw0KGgo=" };

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "hallward-vault-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test("a paper is kept for its owner alone, also twice at once, and is gone when it is erased", async () => {
  const directory = newDirectory();
  const vault = openEvidenceVault(directory);
  await Promise.all([vault.keep(DIGEST, PAPER), vault.keep(DIGEST, PAPER)]);
  const folder = join(directory, "evidence");
  expect(readdirSync(folder)).toEqual([DIGEST]);
  expect([statSync(folder).mode & 0o777, statSync(join(folder, DIGEST)).mode & 0o777]).toEqual([0o700, 0o600]);
  expect(vault.read(DIGEST)).toEqual(PAPER);
  vault.erase(DIGEST);
  vault.erase(DIGEST);
  expect([vault.read(DIGEST), readdirSync(folder)]).toEqual([null, []]);
});

test("what a crash left half written is swept out; a paper stays", async () => {
  const directory = newDirectory();
  await openEvidenceVault(directory).keep(DIGEST, PAPER);
  const half = join(directory, "evidence", `${"cd".repeat(32)}.x1y2z3`);
  mkdirSync(half);
  writeFileSync(join(half, "draft"), "half a sick note");
  expect(openEvidenceVault(directory).read(DIGEST)).toEqual(PAPER);
  expect(readdirSync(join(directory, "evidence"))).toEqual([DIGEST]);
});

test("an erasure is remembered until the paper is put in anew; what is discarded leaves no trace", async () => {
  const directory = newDirectory();
  const vault = openEvidenceVault(directory);
  await vault.keep(DIGEST, PAPER);
  vault.discard(DIGEST);
  expect([vault.read(DIGEST), erasuresIn(directory)]).toEqual([null, []]);
  vault.erase(DIGEST);
  expect(erasuresIn(directory)).toEqual([DIGEST]);
  await vault.keep(DIGEST, PAPER);
  expect([openEvidenceVault(directory).read(DIGEST), erasuresIn(directory)]).toEqual([PAPER, []]);
});

test("an erasure that a crash interrupted is finished at the next start", async () => {
  const directory = newDirectory();
  await openEvidenceVault(directory).keep(DIGEST, PAPER);
  noteErasure(directory, DIGEST);
  expect(openEvidenceVault(directory).read(DIGEST)).toBeNull();
});
