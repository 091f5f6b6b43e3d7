import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { join } from "node:path";
import { HallError, present } from "../../../protocol/index.ts";
import type { LogSeal } from "../../engine/ports.ts";
import { createPrivate, readPrivate } from "../private-file.ts";
import { publicHex } from "./public-key.ts";

/** Ed25519, PKCS#8 PEM, 0600. Lost, it is made anew: older snapshots are then no evidence and are dropped. */
export const logSigningFile = (dataDir: string): string => join(dataDir, "keys", "log-signing.pem");

/** The seal of this hall's log; its key is made at the first call. */
export function openLogSeal(dataDir: string): LogSeal {
  const path = logSigningFile(dataDir);
  if (readPrivate(path) === null) {
    const { privateKey } = generateKeyPairSync("ed25519");
    createPrivate(path, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  }
  return present(readLogSeal(dataDir), "the log key that was just made");
}

/** For tools that only look: null where no key has been made. */
export function readLogSeal(dataDir: string): LogSeal | null {
  const path = logSigningFile(dataDir);
  const pem = readPrivate(path);
  if (pem === null) return null;
  const privateKey = parseKey(path, pem);
  const publicKey = createPublicKey(privateKey);
  return {
    sign: (text) => sign(null, Buffer.from(text, "utf8"), privateKey).toString("hex"),
    verify: (text, signature) => verify(null, Buffer.from(text, "utf8"), publicKey, Buffer.from(signature, "hex")),
  };
}

/** The signer of days, with the log's own key. */
export function openDaySigner(dataDir: string): { readonly key: string; sign(text: string): string } {
  const seal = openLogSeal(dataDir);
  const key = present(readLogKey(dataDir), "the log key that was just made");
  return { key, sign: (text) => seal.sign(text) };
}

/** The public key, 64 lower-case hex digits: for everybody. Null where no key has been made. */
export function readLogKey(dataDir: string): string | null {
  const path = logSigningFile(dataDir);
  const pem = readPrivate(path);
  return pem === null ? null : publicHex(createPublicKey(parseKey(path, pem)));
}

function parseKey(path: string, pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (thrown) {
    throw new HallError("KEY_UNUSABLE", `${path} is no private key; restore it from a backup`, { path }, thrown);
  }
  throw new HallError("KEY_UNUSABLE", `${path} is no Ed25519 key; restore it from a backup`, { path });
}
