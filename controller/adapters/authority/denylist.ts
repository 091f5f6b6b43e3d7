import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { type EpochMs, epochMs, HallError, TerminalId } from "../../../protocol/index.ts";
import { readPrivate, writePrivate } from "../private-file.ts";
import { issuedFile, revokedFile } from "./authority-files.ts";
import { fingerprintOf } from "./key-pair-file.ts";
import type { Void } from "./small-ca.ts";

const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/u);
/** Hexadecimal: revocation lists name certificates by it. Not on file for those noted before there were such lists. */
const Serial = z.string().regex(/^[0-9a-f]+$/u);
const Revoked = z.record(
  Fingerprint,
  z.object({ terminal: TerminalId, revokedAtMs: z.number(), serial: Serial.optional() }),
);
const Certified = z.union([
  z.object({ fingerprint: Fingerprint, serial: Serial.optional() }),
  Fingerprint.transform((fingerprint) => ({ fingerprint, serial: undefined })),
]);
/** The certificate that is good for each terminal: there is never more than one. */
const Issued = z.record(TerminalId, Certified);

/** Which certificates of this authority are void, by fingerprint. Durable when a call returns. */
export class Denylist {
  readonly #directory: string;
  readonly #revoked: z.infer<typeof Revoked>;
  readonly #issued: z.infer<typeof Issued>;

  constructor(directory: string) {
    this.#directory = directory;
    this.#revoked = readJson(revokedFile(directory), Revoked);
    this.#issued = readJson(issuedFile(directory), Issued);
  }

  has(fingerprint: string): boolean {
    return Object.hasOwn(this.#revoked, fingerprint);
  }

  /** What a list of void certificates can name. */
  get serials(): Void[] {
    return Object.values(this.#revoked).flatMap(({ serial, revokedAtMs }) =>
      serial === undefined ? [] : [{ serial, since: epochMs(revokedAtMs) }],
    );
  }

  /** Void certificates that no list can name: their serial numbers were not on file. */
  get unlisted(): number {
    return Object.values(this.#revoked).filter(({ serial }) => serial === undefined).length;
  }

  /** `certificate` is now the terminal's one; another one before it is revoked. True when there was one. */
  issued(terminal: TerminalId, certificate: string, now: EpochMs): boolean {
    const fingerprint = fingerprintOf(certificate);
    const former = this.#issued[terminal];
    if (former?.fingerprint === fingerprint) return false;
    if (former !== undefined) {
      const { serial } = former;
      this.#revoked[former.fingerprint] = { terminal, revokedAtMs: now, ...(serial && { serial }) };
      writePrivate(revokedFile(this.#directory), `${JSON.stringify(this.#revoked, null, 2)}\n`);
    }
    this.#issued[terminal] = { fingerprint, serial: new X509Certificate(certificate).serialNumber.toLowerCase() };
    writePrivate(issuedFile(this.#directory), `${JSON.stringify(this.#issued, null, 2)}\n`);
    return former !== undefined;
  }
}

function readJson<S extends z.ZodType>(path: string, schema: S): z.infer<S> {
  const text = readPrivate(path);
  try {
    return schema.parse(text === null ? {} : JSON.parse(text));
  } catch (thrown) {
    const line = `${path} is not readable as the authority wrote it; restore it from a backup.`;
    throw new HallError("AUTHORITY_BROKEN", line, { path }, thrown);
  }
}
