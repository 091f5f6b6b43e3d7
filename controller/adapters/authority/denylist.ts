import { z } from "zod";
import { type EpochMs, HallError, TerminalId } from "../../../protocol/index.ts";
import { readPrivate, writePrivate } from "../private-file.ts";
import { issuedFile, revokedFile } from "./authority-files.ts";

const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/u);
const Revoked = z.record(Fingerprint, z.object({ terminal: TerminalId, revokedAtMs: z.number() }));
/** The certificate that is good for each terminal: there is never more than one. */
const Issued = z.record(TerminalId, Fingerprint);

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

  /** `fingerprint` is now the terminal's one certificate; another one before it is revoked. True when there was one. */
  issued(terminal: TerminalId, fingerprint: string, now: EpochMs): boolean {
    const former = this.#issued[terminal];
    if (former === fingerprint) return false;
    if (former !== undefined) {
      this.#revoked[former] = { terminal, revokedAtMs: now };
      writePrivate(revokedFile(this.#directory), `${JSON.stringify(this.#revoked, null, 2)}\n`);
    }
    this.#issued[terminal] = fingerprint;
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
