import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type EpochMs, later, minutes, TerminalId } from "../../../protocol/index.ts";
import { readPrivate, removePrivate, writePrivate } from "../private-file.ts";
import { enrolmentDirectory } from "./authority-files.ts";
import { freshSecret } from "./badge-key.ts";

const TOKEN_BITS = 128;
const TOKEN_LIFE = minutes(24 * 60);
const FILE = /^[0-9a-f]{64}\.json$/u;

/** A power cut or a broken line may lose the answer to a token: so long after its first use it is given again. */
export const ANSWER_AGAIN_WITHIN = minutes(10);

/** A used token has the certificate that was given for it, and expires with the time to give it again. */
const Kept = z.object({ terminal: TerminalId, expiresAtMs: z.number(), certificate: z.string().optional() });

// One file per token, named after its SHA-256: the technician's tool writes them while the controller runs, and a copy
// of the directory enrols nobody.
const fileOf = (directory: string, token: string): string =>
  join(enrolmentDirectory(directory), `${createHash("sha256").update(token, "utf8").digest("hex")}.json`);

/** A fresh token for `terminal`, good once and for 24 h. It is shown here and never again. */
export function drawToken(directory: string, terminal: TerminalId, now: EpochMs): string {
  const token = freshSecret(TOKEN_BITS);
  writePrivate(fileOf(directory, token), JSON.stringify({ terminal, expiresAtMs: later(now, TOKEN_LIFE) }));
  return token;
}

/** True when the token is good for this terminal now. */
export function isGoodToken(directory: string, token: string, terminal: TerminalId, now: EpochMs): boolean {
  const kept = keptFor(directory, token, terminal, now);
  return kept !== null && kept.certificate === undefined;
}

/** The certificate that was given for this token a moment ago; null when there is none to give again. */
export const givenFor = (directory: string, token: string, terminal: TerminalId, now: EpochMs): string | null =>
  keptFor(directory, token, terminal, now)?.certificate ?? null;

/** Uses a token up, for `certificate`; on disk when this returns. True for the one caller who used it. */
export function spendToken(
  directory: string,
  { token, terminal }: { readonly token: string; readonly terminal: TerminalId },
  certificate: string,
  now: EpochMs,
): boolean {
  if (!isGoodToken(directory, token, terminal, now)) return false;
  const expiresAtMs = later(now, ANSWER_AGAIN_WITHIN);
  writePrivate(fileOf(directory, token), JSON.stringify({ terminal, expiresAtMs, certificate }));
  return true;
}

function keptFor(directory: string, token: string, terminal: TerminalId, now: EpochMs): z.infer<typeof Kept> | null {
  const kept = readKept(fileOf(directory, token));
  return kept !== null && kept.terminal === terminal && now < kept.expiresAtMs ? kept : null;
}

/** Removes what has expired. */
export function sweepTokens(directory: string, now: EpochMs): void {
  for (const name of namesIn(enrolmentDirectory(directory))) {
    const path = join(enrolmentDirectory(directory), name);
    const kept = readKept(path);
    if (kept === null || kept.expiresAtMs <= now) removePrivate(path);
  }
}

function readKept(path: string): z.infer<typeof Kept> | null {
  const text = readPrivate(path);
  if (text === null) return null;
  try {
    return Kept.parse(JSON.parse(text));
  } catch {
    return null; // Not ours, or torn: it enrols nobody.
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => FILE.test(name));
  } catch {
    return [];
  }
}
