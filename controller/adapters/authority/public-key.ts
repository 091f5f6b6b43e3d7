import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { present } from "../../../protocol/index.ts";

// Public Ed25519 keys as they stand in logs and exports: 32 bytes, 64 lower-case hex digits.

const HEX_KEY = /^[0-9a-f]{64}$/u;
const HEX_SIGNATURE = /^[0-9a-f]{128}$/u;

export const publicHex = (key: KeyObject): string =>
  Buffer.from(present(key.export({ format: "jwk" }).x, "the public part of the key"), "base64url").toString("hex");

function keyObject(hex: string): KeyObject {
  const x = Buffer.from(hex, "hex").toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

/** SPKI, PEM: what other tools read. */
export const publicKeyPem = (hex: string): string => keyObject(hex).export({ type: "spki", format: "pem" }).toString();

/** A public key as somebody was given it, hex or PEM; null when it is none. */
export function parsePublicKey(text: string): string | null {
  if (HEX_KEY.test(text.trim())) return text.trim();
  try {
    const key = createPublicKey(text);
    return key.asymmetricKeyType === "ed25519" ? publicHex(key) : null;
  } catch {
    return null;
  }
}

/** Whether `signature` is of `text` by the key; false also for what is no key or no signature. */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  if (!HEX_KEY.test(key) || !HEX_SIGNATURE.test(signature)) return false;
  try {
    return verify(null, Buffer.from(text, "utf8"), keyObject(key), Buffer.from(signature, "hex"));
  } catch {
    return false; // Some 64 digits are no point of the curve.
  }
}
