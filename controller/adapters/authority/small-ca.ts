import type { webcrypto } from "node:crypto";
import {
  accepted,
  type DurationMs,
  type EpochMs,
  earlier,
  type HallId,
  later,
  minutes,
  type Result,
  refused,
  type TerminalId,
} from "../../../protocol/index.ts";
import { controllerName, terminalUri } from "./certificate-names.ts";

/** Both PEM; the key is PKCS#8. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly certificate: string;
}

/** What a server certificate is good for. */
export interface ServerNames {
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

const DAY = minutes(24 * 60);
/** A terminal's clock may be behind when it first sees a certificate. */
const BACK_DATED: DurationMs = DAY;
export const ROOT_LIFE = days(3_653);
export const SERVER_LIFE = days(365);
/**
 * As long as the root's own: there is no renewal over mutual TLS yet, and a terminal whose certificate ends serves
 * nobody. A stolen one is not waited for: the denylist voids it at once.
 */
export const TERMINAL_LIFE = days(3_652);

const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" } as const;

function days(count: number): DurationMs {
  return minutes(count * 24 * 60);
}

/** Loaded when a certificate is made, which is seldom: it takes longer than all the rest of a start. */
async function loadX509() {
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

/** The common name of a hall's root. */
export const rootName = (hall: HallId): string => `Hallward ${hall}`;

export async function makeRoot(hall: HallId, now: EpochMs): Promise<KeyAndCertificate> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(P256, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${rootName(hall)}`,
    keys,
    signingAlgorithm: SIGNATURE,
    ...validity(now, ROOT_LIFE),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await keyPem(keys.privateKey), certificate: certificate.toString("pem") };
}

/** The certificate of the controller, or of the hall's broker, for TLS servers only. */
export async function makeServer(
  root: KeyAndCertificate,
  names: ServerNames,
  now: EpochMs,
): Promise<KeyAndCertificate> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(P256, true, ["sign", "verify"]);
  const certificate = await sign(root, {
    commonName: "Hallward controller",
    publicKey: keys.publicKey,
    usage: x509.ExtendedKeyUsage.serverAuth,
    names: [
      ...names.dns.map((value) => ({ type: "dns", value }) as const),
      ...names.ip.map((value) => ({ type: "ip", value }) as const),
    ],
    dates: validity(now, SERVER_LIFE),
  });
  return { key: await keyPem(keys.privateKey), certificate };
}

/**
 * A terminal's certificate, PEM, for TLS clients only. The request proves possession of its key and gives nothing else:
 * names come from `hall` and `terminal`.
 */
export async function signTerminal(
  root: KeyAndCertificate,
  request: { readonly csr: string; readonly hall: HallId; readonly terminal: TerminalId; readonly now: EpochMs },
): Promise<Result<string, "bad-request">> {
  const x509 = await loadX509();
  const publicKey = await provenKey(request.csr);
  if (publicKey === null) return refused("bad-request");
  const dates = validity(request.now, TERMINAL_LIFE);
  const { notAfter } = new x509.X509Certificate(root.certificate);
  const certificate = await sign(root, {
    commonName: request.terminal,
    publicKey,
    usage: x509.ExtendedKeyUsage.clientAuth,
    names: [{ type: "url", value: terminalUri(request.hall, request.terminal) }],
    dates: dates.notAfter < notAfter ? dates : { ...dates, notAfter }, // Void with its root, and warned of in time.
  });
  return accepted(certificate);
}

/** The controller's certificate as a client of a broker that is not its own. */
export async function makeClient(root: KeyAndCertificate, hall: HallId, now: EpochMs): Promise<KeyAndCertificate> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(P256, true, ["sign", "verify"]);
  const certificate = await sign(root, {
    commonName: controllerName(hall),
    publicKey: keys.publicKey,
    usage: x509.ExtendedKeyUsage.clientAuth,
    names: [],
    dates: validity(now, SERVER_LIFE),
  });
  return { key: await keyPem(keys.privateKey), certificate };
}

/** A certificate that is void. */
export interface Void {
  /** Hexadecimal. */
  readonly serial: string;
  readonly since: EpochMs;
}

/**
 * The list of void certificates, PEM. It lives as long as the root: whoever checks against a list that has ended turns
 * every certificate away.
 */
export async function makeRevocationList(
  root: KeyAndCertificate,
  revoked: readonly Void[],
  now: EpochMs,
): Promise<string> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(root.certificate);
  const list = await x509.X509CrlGenerator.create({
    issuer: issuer.subject,
    thisUpdate: new Date(now),
    nextUpdate: issuer.notAfter,
    entries: revoked.map(({ serial, since }) => ({ serialNumber: serial, revocationDate: new Date(since) })),
    signingAlgorithm: SIGNATURE,
    signingKey: await signingKeyOf(root),
  });
  return x509.PemConverter.encode(list.rawData, "X509 CRL");
}

interface Leaf {
  readonly commonName: string;
  readonly publicKey: webcrypto.CryptoKey;
  readonly usage: string;
  readonly names: readonly { readonly type: "dns" | "ip" | "url"; readonly value: string }[];
  readonly dates: ReturnType<typeof validity>;
}

async function sign(root: KeyAndCertificate, leaf: Leaf): Promise<string> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(root.certificate);
  const signingKey = await signingKeyOf(root);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${leaf.commonName}`,
    issuer: issuer.subject,
    publicKey: leaf.publicKey,
    signingKey,
    signingAlgorithm: SIGNATURE,
    ...leaf.dates,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([leaf.usage]),
      ...(leaf.names.length > 0 ? [new x509.SubjectAlternativeNameExtension([...leaf.names])] : []),
      await x509.SubjectKeyIdentifierExtension.create(leaf.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(await issuer.publicKey.export()),
    ],
  });
  return certificate.toString("pem");
}

async function signingKeyOf(root: KeyAndCertificate): Promise<webcrypto.CryptoKey> {
  const x509 = await loadX509();
  return crypto.subtle.importKey("pkcs8", x509.PemConverter.decodeFirst(root.key), P256, false, ["sign"]);
}

/** The public key (SPKI, DER) of a request that was signed by it; null for any other. */
export async function requestedKey(csr: string): Promise<Buffer | null> {
  const publicKey = await provenKey(csr);
  return publicKey === null ? null : Buffer.from(await crypto.subtle.exportKey("spki", publicKey));
}

/** The request's key, if it is P-256 and signed the request; null for anything else, however it is broken. */
async function provenKey(csr: string): Promise<webcrypto.CryptoKey | null> {
  const x509 = await loadX509();
  try {
    const request = new x509.Pkcs10CertificateRequest(csr);
    const publicKey: unknown = await request.publicKey.export(P256, ["verify"]);
    return (await request.verify()) ? (publicKey as webcrypto.CryptoKey) : null;
  } catch {
    return null;
  }
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const x509 = await loadX509();
  return x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

const validity = (now: EpochMs, life: DurationMs) => ({
  notBefore: new Date(earlier(now, BACK_DATED)),
  notAfter: new Date(later(now, life)),
});
