import { X509Certificate } from "node:crypto";
import { HallError } from "../../../protocol/index.ts";
import { readPrivate } from "../private-file.ts";
import type { KeyAndCertificate } from "./small-ca.ts";

const BLOCK = /-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/gu;

/** One file for both, so that they can never be of two makes. */
export const keyPairText = ({ key, certificate }: KeyAndCertificate): string =>
  `${certificate.trim()}\n${key.trim()}\n`;

/** Null when there is no such file; `AUTHORITY_BROKEN` when it does not hold a key and a certificate. */
export function readKeyPair(path: string): KeyAndCertificate | null {
  const text = readPrivate(path);
  if (text === null) return null;
  const blocks = new Map([...text.matchAll(BLOCK)].map((block) => [block[1], block[0]]));
  const key = blocks.get("PRIVATE KEY");
  const certificate = blocks.get("CERTIFICATE");
  if (key !== undefined && certificate !== undefined) return { key, certificate };
  throw new HallError("AUTHORITY_BROKEN", `${path} does not hold a key and a certificate; restore it from a backup.`, {
    path,
  });
}

/** SHA-256 of the certificate (DER), lower-case hex. */
export const fingerprintOf = (certificate: string): string =>
  new X509Certificate(certificate).fingerprint256.replaceAll(":", "").toLowerCase();
