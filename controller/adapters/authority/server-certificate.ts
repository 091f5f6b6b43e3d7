import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { type EpochMs, type HallId, later } from "../../../protocol/index.ts";
import { writePrivate } from "../private-file.ts";
import { clientFile } from "./authority-files.ts";
import { keyPairText, readKeyPair } from "./key-pair-file.ts";
import { type KeyAndCertificate, makeClient, makeServer, SERVER_LIFE, type ServerNames } from "./small-ca.ts";

const ALWAYS = ["localhost", "127.0.0.1"];
/** Renewed at a start with less than this left: a controller is started more often than every eight months. */
const RENEW_WITHIN = SERVER_LIFE * (2 / 3);

/** A server's TLS certificate for `names`, at `path`; made anew when it is due, does not fit, or is of another root. */
export async function openServerCertificate(
  path: string,
  root: KeyAndCertificate,
  names: readonly string[],
  now: EpochMs,
): Promise<KeyAndCertificate> {
  const wanted = serverNames(names);
  const standing = readKeyPair(path);
  if (standing !== null && isGood(standing, root, wanted, now)) return standing;
  const fresh = await makeServer(root, wanted, now);
  writePrivate(path, keyPairText(fresh));
  return fresh;
}

/** The controller's certificate as the client of a broker; made anew when it is due or of another root. */
export async function openClientCertificate(
  directory: string,
  root: KeyAndCertificate,
  hall: HallId,
  now: EpochMs,
): Promise<KeyAndCertificate> {
  const standing = readKeyPair(clientFile(directory));
  if (standing !== null && isGood(standing, root, { dns: [], ip: [] }, now)) return standing;
  const fresh = await makeClient(root, hall, now);
  writePrivate(clientFile(directory), keyPairText(fresh));
  return fresh;
}

function serverNames(names: readonly string[]): ServerNames {
  const all = [...new Set([...ALWAYS, ...names])];
  return { dns: all.filter((name) => isIP(name) === 0), ip: all.filter((name) => isIP(name) !== 0) };
}

function isGood(pair: KeyAndCertificate, root: KeyAndCertificate, wanted: ServerNames, now: EpochMs): boolean {
  const certificate = new X509Certificate(pair.certificate);
  const issuer = new X509Certificate(root.certificate);
  const due = Date.parse(certificate.validTo) < later(now, RENEW_WITHIN as typeof SERVER_LIFE);
  // A clock before the root's own beginning has not been set: what it would make ends decades ago for everybody else.
  const early = Date.parse(certificate.validFrom) > now && Date.parse(issuer.validFrom) <= now;
  return (
    !due &&
    !early &&
    certificate.verify(issuer.publicKey) &&
    wanted.dns.every((name) => certificate.checkHost(name) !== undefined) &&
    wanted.ip.every((address) => certificate.checkIP(address) !== undefined)
  );
}
