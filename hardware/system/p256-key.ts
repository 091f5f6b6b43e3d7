import { generateKeyPairSync } from "node:crypto";

/** A fresh P-256 private key, PKCS#8, PEM. */
export const newP256Key = (): string =>
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
