import "reflect-metadata";
import { Pkcs10CertificateRequestGenerator, PemConverter } from "@peculiar/x509";

export interface Asked {
  /** PEM, PKCS#8. */
  readonly key: string;
  /** PEM. */
  readonly csr: string;
}

/** What a terminal makes before it enrols: its own key, and the request it signs with it. */
export async function askForCertificate(subject = "CN=anything", namedCurve = "P-256"): Promise<Asked> {
  const algorithm = { name: "ECDSA", namedCurve };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: subject,
    keys,
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
  });
  const key = PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { key, csr: request.toString("pem") };
}
