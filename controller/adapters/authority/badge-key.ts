import { generateKeySync } from "node:crypto";
import { HallError, present } from "../../../protocol/index.ts";
import { createPrivate, readPrivate } from "../private-file.ts";
import { badgeKeyFile } from "./authority-files.ts";

const KEY = /^[0-9a-f]{64}$/u;

/** `bits` of fresh key material, lower-case hex. */
export const freshSecret = (bits: number): string => generateKeySync("hmac", { length: bits }).export().toString("hex");

/**
 * The hall's key of badge digests, 32 bytes in lower-case hex, made at the first call. Every enrolled terminal has it,
 * and every person's badges are on file under it: it never changes.
 */
export function openBadgeKey(directory: string): string {
  const path = badgeKeyFile(directory);
  if (readPrivate(path) === null) createPrivate(path, `${freshSecret(256)}\n`);
  const key = present(readPrivate(path), "the badge key that was just made").trim();
  if (KEY.test(key)) return key;
  throw new HallError("AUTHORITY_BROKEN", `${path} is not 64 hex digits; restore it from a backup.`, { path });
}
