import { type Clock, type HallId, present } from "../../../protocol/index.ts";
import { createPrivate } from "../private-file.ts";
import { rootFile } from "./authority-files.ts";
import { keyPairText, readKeyPair } from "./key-pair-file.ts";
import { type KeyAndCertificate, makeRoot } from "./small-ca.ts";

/** The hall's root, made at the first call. Whoever comes first makes it, also of two processes. */
export async function openRoot(directory: string, hall: HallId, clock: Clock): Promise<KeyAndCertificate> {
  const path = rootFile(directory);
  const standing = readKeyPair(path);
  if (standing !== null) return standing;
  createPrivate(path, keyPairText(await makeRoot(hall, clock.now())));
  return present(readKeyPair(path), "the root that was just made");
}
