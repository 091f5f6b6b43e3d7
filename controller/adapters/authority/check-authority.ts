import { createPrivateKey, X509Certificate } from "node:crypto";
import { type EpochMs, HallError, type HallId, messageOf } from "../../../protocol/index.ts";
import { rootFile } from "./authority-files.ts";
import { readKeyPair } from "./key-pair-file.ts";
import { rootName } from "./small-ca.ts";

/**
 * The hall's root as it lies there, before anything rests on it; none yet is fine. A clock that stands before the
 * root's beginning says nothing about it: many boxes wake in 1970. HallErrors CERTIFICATE_EXPIRED, CERTIFICATE_FOREIGN,
 * AUTHORITY_BROKEN.
 */
export function checkAuthority(directory: string, hall: HallId, now: EpochMs): void {
  const path = rootFile(directory);
  const pair = readKeyPair(path);
  if (pair === null) return;
  const { name, validTo, isKeyOf } = read(path, pair.certificate, pair.key);
  if (name !== rootName(hall)) {
    const line = `${path} is "${name}", the configuration is of hall "${hall}"; restore this hall's own authority`;
    throw new HallError("CERTIFICATE_FOREIGN", line, { path });
  }
  if (!isKeyOf) {
    throw new HallError("AUTHORITY_BROKEN", `${path}: its key is another certificate's; restore a backup.`, { path });
  }
  if (validTo > now) return;
  const line = `${path} ended on ${new Date(validTo).toISOString()}; check the clock, or enrol the hall anew`;
  throw new HallError("CERTIFICATE_EXPIRED", line, { path });
}

function read(path: string, certificate: string, key: string) {
  try {
    const parsed = new X509Certificate(certificate);
    const name = /^CN=(.+)$/mu.exec(parsed.subject)?.[1] ?? "";
    return { name, validTo: Date.parse(parsed.validTo), isKeyOf: parsed.checkPrivateKey(createPrivateKey(key)) };
  } catch (thrown) {
    const line = `${path} cannot be read: ${messageOf(thrown)}; restore it from a backup.`;
    throw new HallError("AUTHORITY_BROKEN", line, { path }, thrown);
  }
}
