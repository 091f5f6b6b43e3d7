import { X509Certificate } from "node:crypto";
import {
  accepted,
  type Clock,
  type Enrolment,
  type EnrolmentRequest,
  EnrolmentTicket,
  elapsed,
  type HallId,
  type Log,
  minutes,
  type MonoMs,
  type Result,
  refused,
  type TerminalId,
} from "../../../protocol/index.ts";
import { serverFile } from "./authority-files.ts";
import { openBadgeKey } from "./badge-key.ts";
import { Denylist } from "./denylist.ts";
import { drawToken, givenFor, isGoodToken, spendToken, sweepTokens } from "./enrolment-tokens.ts";
import { fingerprintOf } from "./key-pair-file.ts";
import { openRoot } from "./root-certificate.ts";
import { openClientCertificate, openServerCertificate } from "./server-certificate.ts";
import { type KeyAndCertificate, requestedKey, signTerminal } from "./small-ca.ts";

/** Wrong tokens within an hour before every further one is turned away unseen. Source: security checklist 5.1-5. */
export const FAILURES_MAX = 10;
const FAILURES_WINDOW = minutes(60);

export type EnrolmentFault = "bad-token" | "bad-request" | "too-many-attempts";

export interface AuthorityOptions {
  /** The hall's directory. */
  readonly directory: string;
  readonly hall: HallId;
  /** DNS names and IP addresses under which terminals reach the controller, besides localhost and 127.0.0.1. */
  readonly names: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** A terminal has a new certificate, and its former one is void from now on. */
  readonly onRevoked: (terminal: TerminalId) => void;
}

/** The hall's certificate authority: makes every certificate of the hall and knows which are void. */
export interface Authority {
  /** PEM, for the controller's TLS servers. */
  readonly tls: { readonly key: string; readonly certificate: string; readonly authority: string };
  /** The same for the controller as the client of a broker that is not its own. */
  clientTls(): Promise<Authority["tls"]>;
  isRevoked(fingerprint: string): boolean;
  enrol(request: EnrolmentRequest): Promise<Result<Enrolment, EnrolmentFault>>;
}

export async function openAuthority(options: AuthorityOptions): Promise<Authority> {
  const { directory, hall, names, clock } = options;
  const root = await openRoot(directory, hall, clock);
  const server = await openServerCertificate(serverFile(directory), root, names, clock.now());
  sweepTokens(directory, clock.now());
  return new FileAuthority(options, root, server);
}

/** What a technician writes beside a terminal's configuration. `url`: of the controller's HTTP server. */
export async function createEnrolmentTicket(
  where: Pick<AuthorityOptions, "directory" | "hall" | "clock">,
  terminal: TerminalId,
  url: string,
): Promise<EnrolmentTicket> {
  const root = await openRoot(where.directory, where.hall, where.clock);
  const token = drawToken(where.directory, terminal, where.clock.now());
  return EnrolmentTicket.parse({ url, token, authorityFingerprint: fingerprintOf(root.certificate) });
}

class FileAuthority implements Authority {
  readonly tls: Authority["tls"];
  readonly #options: AuthorityOptions;
  readonly #root: KeyAndCertificate;
  readonly #badgeKey: string;
  readonly #denylist: Denylist;
  #failures: MonoMs[] = [];

  constructor(options: AuthorityOptions, root: KeyAndCertificate, server: KeyAndCertificate) {
    this.#options = options;
    this.#root = root;
    this.#badgeKey = openBadgeKey(options.directory);
    this.#denylist = new Denylist(options.directory);
    this.tls = { ...server, authority: root.certificate };
  }

  async clientTls(): Promise<Authority["tls"]> {
    const { directory, hall, clock } = this.#options;
    const client = await openClientCertificate(directory, this.#root, hall, clock.now());
    return { ...client, authority: this.#root.certificate };
  }

  isRevoked(fingerprint: string): boolean {
    return this.#denylist.has(fingerprint);
  }

  async enrol(request: EnrolmentRequest): Promise<Result<Enrolment, EnrolmentFault>> {
    const { directory, hall, clock, log } = this.#options;
    const { terminal, token, csr } = request;
    if (this.#recentFailures().length >= FAILURES_MAX) return refused("too-many-attempts");
    if (!isGoodToken(directory, token, terminal, clock.now())) return this.#enrolAgain(request);
    const signed = await signTerminal(this.#root, { csr, hall, terminal, now: clock.now() });
    if (!signed.ok) return signed; // The token is still good: nothing was given for it.
    if (!spendToken(directory, request, signed.value, clock.now())) return this.#enrolAgain(request);
    const replaced = this.#denylist.issued(terminal, signed.value, clock.now());
    if (replaced) this.#options.onRevoked(terminal);
    log.info("terminal.enrolled", { terminal, replaced });
    return accepted(this.#enrolmentWith(signed.value));
  }

  /** For whom the first answer was lost: the same certificate, to the holder of the same key and to nobody else. */
  async #enrolAgain({ terminal, token, csr }: EnrolmentRequest): Promise<Result<Enrolment, EnrolmentFault>> {
    const { directory, clock, log } = this.#options;
    const key = await requestedKey(csr);
    const given = givenFor(directory, token, terminal, clock.now());
    if (key === null || given === null || !keyOf(given).equals(key)) return this.#badToken(terminal);
    if (this.#denylist.has(fingerprintOf(given))) return this.#badToken(terminal);
    // A crash may have come between the token's use and this entry.
    if (this.#denylist.issued(terminal, given, clock.now())) this.#options.onRevoked(terminal);
    log.info("terminal.enrolled-again", { terminal });
    return accepted(this.#enrolmentWith(given));
  }

  #enrolmentWith(certificate: string): Enrolment {
    return { certificate, authority: this.#root.certificate, badgeKey: this.#badgeKey };
  }

  #badToken(terminal: TerminalId): Result<never, EnrolmentFault> {
    this.#failures = [...this.#recentFailures(), this.#options.clock.mono()];
    this.#options.log.warn("enrolment.refused", { terminal, failures: this.#failures.length });
    return refused("bad-token");
  }

  #recentFailures(): MonoMs[] {
    const now = this.#options.clock.mono();
    return this.#failures.filter((at) => elapsed(at, now) < FAILURES_WINDOW);
  }
}

const keyOf = (certificate: string): Buffer =>
  new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
