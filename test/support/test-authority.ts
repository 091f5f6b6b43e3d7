import "reflect-metadata";
import { createHash, webcrypto, X509Certificate as NodeCertificate } from "node:crypto";
import * as x509 from "@peculiar/x509";

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const FROM = new Date(Date.UTC(2020, 0, 1));
const TO = new Date(Date.UTC(2045, 0, 1));

/** A key and the certificate that goes with it, PEM. */
export interface Credentials {
  readonly key: string;
  readonly certificate: string;
}

/** A certificate authority that lives for one test. */
export class TestAuthority {
  readonly #root: x509.X509Certificate;
  readonly #keys: webcrypto.CryptoKeyPair;
  #serial = 1;

  private constructor(root: x509.X509Certificate, keys: webcrypto.CryptoKeyPair) {
    this.#root = root;
    this.#keys = keys;
  }

  static async create(name = "Test hall authority"): Promise<TestAuthority> {
    const keys = await newKeys();
    const root = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: "01",
      name: `CN=${name}`,
      notBefore: FROM,
      notAfter: TO,
      keys,
      signingAlgorithm: ECDSA,
      extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
    });
    return new TestAuthority(root, keys);
  }

  get certificate(): string {
    return this.#root.toString("pem");
  }

  /** SHA-256 of the root, DER, lower-case hex. */
  get fingerprint(): string {
    return createHash("sha256").update(new NodeCertificate(this.certificate).raw).digest("hex");
  }

  /** For `localhost` and 127.0.0.1. */
  async server(): Promise<Credentials> {
    const names = [
      { type: "dns", value: "localhost" },
      { type: "ip", value: "127.0.0.1" },
    ] as const;
    return this.#issue("controller", [
      new x509.SubjectAlternativeNameExtension([...names]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ]);
  }

  async client(name: string): Promise<Credentials> {
    return this.#issue(name, [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])]);
  }

  /** The certificate for a PKCS#10 request, whatever name it asks for. */
  async sign(csr: string, name: string): Promise<string> {
    const request = new x509.Pkcs10CertificateRequest(csr);
    const extensions = [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])];
    return (await this.#certify(name, request.publicKey, extensions)).toString("pem");
  }

  async #issue(name: string, extensions: readonly x509.Extension[]): Promise<Credentials> {
    const keys = await newKeys();
    const certificate = await this.#certify(name, keys.publicKey, extensions);
    const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return { key: x509.PemConverter.encode(key, "PRIVATE KEY"), certificate: certificate.toString("pem") };
  }

  #certify(
    name: string,
    publicKey: x509.PublicKey | webcrypto.CryptoKey,
    extensions: readonly x509.Extension[],
  ): Promise<x509.X509Certificate> {
    this.#serial += 1;
    return x509.X509CertificateGenerator.create({
      serialNumber: this.#serial.toString(16).padStart(2, "0"),
      subject: `CN=${name}`,
      issuer: this.#root.subject,
      notBefore: FROM,
      notAfter: TO,
      publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: ECDSA,
      extensions: [...extensions],
    });
  }
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => webcrypto.subtle.generateKey(ECDSA, true, ["sign", "verify"]);
