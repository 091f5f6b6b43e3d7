import { createPrivateKey, createPublicKey } from "node:crypto";
import type { TerminalId } from "../../protocol/index.ts";

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;

/** PKCS#10 of the P-256 key `keyPem`, PEM. Loads the certificate library, which an enrolled terminal never needs. */
export async function requestCertificate(keyPem: string, terminal: TerminalId): Promise<string> {
  await import("reflect-metadata");
  const { Pkcs10CertificateRequestGenerator } = await import("@peculiar/x509");
  const privateKey = createPrivateKey(keyPem);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: `CN=${terminal}`,
    keys: {
      privateKey: privateKey.toCryptoKey(CURVE, true, ["sign"]),
      publicKey: createPublicKey(privateKey).toCryptoKey(CURVE, true, ["verify"]),
    },
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
  });
  return request.toString("pem");
}
