import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EpochMs, HallError, messageOf, minutes, type TerminalId } from "../../protocol/index.ts";
import { enrol, type EnrolmentWorld } from "./enrolment.ts";
import { IDENTITY_FILES } from "./identity-files.ts";

/** What proves to the hall that this is the terminal it says it is. PEM texts, and the key of the badge digests. */
export interface Identity {
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
  readonly badgeKey: Uint8Array;
}

const DAY = minutes(24 * 60);
/** Time for a technician to come with a new ticket. */
const WARN_WITHIN_DAYS = 30;

/**
 * The identity kept in `directory`; a terminal that has none yet enrols with the ticket it finds there. Throws
 * HallError: `IDENTITY_MISSING`, `IDENTITY_REFUSED` (files that do not belong together), `IDENTITY_EXPIRED`,
 * `ENROLMENT_REFUSED`.
 */
export async function loadIdentity(directory: string, terminal: TerminalId, world: EnrolmentWorld): Promise<Identity> {
  const isComplete = Object.values(IDENTITY_FILES).every((file) => existsSync(join(directory, file)));
  if (!isComplete) await enrol(directory, terminal, world);
  const identity = readIdentity(directory);
  checkIdentity(directory, terminal, identity);
  const days = daysLeft(identity, world.clock.now());
  if (days < 0) throw expired(directory, identity);
  if (days < WARN_WITHIN_DAYS) world.log.warn("identity.expires-soon", { terminal, days });
  return identity;
}

/** Whole days until the certificate ends; below zero when it has. */
const daysLeft = ({ certificate }: Identity, now: EpochMs): number =>
  Math.floor((Date.parse(new X509Certificate(certificate).validTo) - now) / DAY);

function readIdentity(directory: string): Identity {
  const read = (file: string): string => readFileSync(join(directory, file), "utf8");
  return {
    key: read(IDENTITY_FILES.key),
    certificate: read(IDENTITY_FILES.certificate),
    authority: read(IDENTITY_FILES.authority),
    badgeKey: Buffer.from(read(IDENTITY_FILES.badgeKey).trim(), "hex"),
  };
}

export const BADGE_KEY_BYTES = 32;

/** The hall's badge key in `directory`; null on a terminal that has not joined. */
export function readBadgeKey(directory: string): Uint8Array | null {
  try {
    const key = Buffer.from(readFileSync(join(directory, IDENTITY_FILES.badgeKey), "utf8").trim(), "hex");
    return key.length === BADGE_KEY_BYTES ? key : null;
  } catch {
    return null;
  }
}

function checkIdentity(directory: string, terminal: TerminalId, identity: Identity): void {
  const { key, certificate, authority, badgeKey } = identity;
  if (badgeKey.length !== BADGE_KEY_BYTES) {
    throw refusal(directory, `${IDENTITY_FILES.badgeKey} is not ${BADGE_KEY_BYTES} bytes of hex`);
  }
  const { name, isKeyOf, isOfAuthority } = certifiedBy(directory, { key, certificate, authority });
  if (name !== terminal) throw refusal(directory, `the certificate is for "${name}", this terminal is "${terminal}"`);
  if (!isKeyOf) throw refusal(directory, "the key does not belong to the certificate");
  if (!isOfAuthority) throw refusal(directory, "the certificate is another hall's than the authority beside it");
}

function certifiedBy(directory: string, { key, certificate, authority }: Omit<Identity, "badgeKey">) {
  try {
    const parsed = new X509Certificate(certificate);
    const name = /^CN=(.+)$/mu.exec(parsed.subject)?.[1] ?? "";
    const isOfAuthority = parsed.verify(new X509Certificate(authority).publicKey);
    return { name, isKeyOf: parsed.checkPrivateKey(createPrivateKey(key)), isOfAuthority };
  } catch (thrown) {
    throw refusal(directory, `key or certificate cannot be read: ${messageOf(thrown)}`, thrown);
  }
}

function expired(directory: string, { certificate }: Identity): HallError {
  const ended = new Date(new X509Certificate(certificate).validTo).toISOString();
  const line = `the certificate in ${directory} ended on ${ended}; check the clock, or enrol this terminal again`;
  return new HallError("IDENTITY_EXPIRED", line, { directory });
}

const refusal = (directory: string, reason: string, cause?: unknown): HallError =>
  new HallError(
    "IDENTITY_REFUSED",
    `${directory}: ${reason}; remove its files and enrol this terminal again`,
    { directory },
    cause,
  );
