import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
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
 * HallError: `IDENTITY_MISSING`, `IDENTITY_REFUSED` (files that do not belong together), `ENROLMENT_REFUSED`.
 */
export async function loadIdentity(directory: string, terminal: TerminalId, world: EnrolmentWorld): Promise<Identity> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const isComplete = Object.values(IDENTITY_FILES).every((file) => existsSync(join(directory, file)));
  if (!isComplete) await enrol(directory, terminal, world);
  const identity = readIdentity(directory);
  checkIdentity(directory, terminal, identity);
  const days = daysLeft(identity, world.clock.now());
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

const BADGE_KEY_BYTES = 32;

function checkIdentity(directory: string, terminal: TerminalId, { key, certificate, badgeKey }: Identity): void {
  if (badgeKey.length !== BADGE_KEY_BYTES) {
    throw refusal(directory, `${IDENTITY_FILES.badgeKey} is not ${BADGE_KEY_BYTES} bytes of hex`);
  }
  const { name, isKeyOf } = certifiedBy(directory, certificate, key);
  if (name !== terminal) throw refusal(directory, `the certificate is for "${name}", this terminal is "${terminal}"`);
  if (!isKeyOf) throw refusal(directory, "the key does not belong to the certificate");
}

function certifiedBy(directory: string, certificate: string, key: string): { name: string; isKeyOf: boolean } {
  try {
    const parsed = new X509Certificate(certificate);
    const name = /^CN=(.+)$/mu.exec(parsed.subject)?.[1] ?? "";
    return { name, isKeyOf: parsed.checkPrivateKey(createPrivateKey(key)) };
  } catch (thrown) {
    throw refusal(directory, `key or certificate cannot be read: ${messageOf(thrown)}`, thrown);
  }
}

const refusal = (directory: string, reason: string, cause?: unknown): HallError =>
  new HallError(
    "IDENTITY_REFUSED",
    `${directory}: ${reason}; remove its files and enrol this terminal again`,
    { directory },
    cause,
  );
