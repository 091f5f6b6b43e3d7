import { createHash, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { newP256Key } from "../../hardware/index.ts";
import {
  accepted,
  backoff,
  type Clock,
  CONNECT_TIMEOUT,
  type DurationMs,
  Enrolment,
  type EnrolmentRequest,
  EnrolmentTicket,
  HallError,
  type Log,
  messageOf,
  type Random,
  refused,
  type Result,
  type TerminalId,
} from "../../protocol/index.ts";
import { requestCertificate } from "./certificate-request.ts";
import { syncDirectory, writeDurably } from "./durable-file.ts";
import { IDENTITY_FILES } from "./identity-files.ts";

/** What enrolment needs of the world. `signal` ends the waiting for a controller that is not up. */
export interface EnrolmentWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

const TICKET_FILE = "enrolment.json";
const CREATED = 201;
const SERVER_ERRORS = 500;
const TOO_MANY_REQUESTS = 429;

/**
 * Turns the technician's ticket into an identity, once: asks the controller for a certificate, checks that it is the
 * hall's own authority that answers, and keeps everything before the ticket goes. Waits for a controller that is not
 * up. The key is kept before it is used, so that a power cut half-way asks again with the same one.
 */
export async function enrol(directory: string, terminal: TerminalId, world: EnrolmentWorld): Promise<void> {
  const ticket = readTicket(join(directory, TICKET_FILE));
  const keyFile = join(directory, IDENTITY_FILES.key);
  if (!existsSync(keyFile)) writeDurably(keyFile, newP256Key());
  const csr = await requestCertificate(readFileSync(keyFile, "utf8"), terminal);
  const enrolment = await askUntilAnswered(ticket, { terminal, token: ticket.token, csr }, world);
  checkAuthority(ticket, enrolment);
  writeDurably(join(directory, IDENTITY_FILES.authority), enrolment.authority);
  writeDurably(join(directory, IDENTITY_FILES.badgeKey), `${enrolment.badgeKey}\n`);
  writeDurably(join(directory, IDENTITY_FILES.certificate), enrolment.certificate);
  rmSync(join(directory, TICKET_FILE));
  syncDirectory(directory);
  world.log.info("enrolment.done", { terminal, url: ticket.url });
}

function readTicket(file: string): EnrolmentTicket {
  if (!existsSync(file)) {
    const message = `no identity, and no ${file} to get one with: have the controller write a ticket for this terminal`;
    throw new HallError("IDENTITY_MISSING", message, { file });
  }
  try {
    return EnrolmentTicket.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (thrown) {
    throw new HallError(
      "ENROLMENT_REFUSED",
      `${file} is not an enrolment ticket: ${messageOf(thrown)}`,
      { file },
      thrown,
    );
  }
}

async function askUntilAnswered(
  ticket: EnrolmentTicket,
  request: EnrolmentRequest,
  world: EnrolmentWorld,
): Promise<Enrolment> {
  for (let failures = 0; ; failures += 1) {
    const answer = await ask(ticket.url, request, world);
    if (answer.ok) return answer.value;
    const retryAfter = backoff(failures, world.random.next());
    world.log.warn("enrolment.waiting", { url: ticket.url, reason: answer.error, retryAfterMs: retryAfter });
    await pause(retryAfter, world);
  }
}

/** The answer; or why there is none yet. Throws when there will never be one. */
async function ask(
  url: string,
  request: EnrolmentRequest,
  { clock }: EnrolmentWorld,
): Promise<Result<Enrolment, string>> {
  const abort = new AbortController();
  const patience = clock.after(CONNECT_TIMEOUT, () => abort.abort());
  try {
    const response = await fetch(new URL("/api/enrolment", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
      signal: abort.signal,
    });
    const text = await response.text();
    if (response.status === CREATED) return accepted(parseAnswer(url, text));
    if (response.status >= SERVER_ERRORS || response.status === TOO_MANY_REQUESTS)
      return refused(`status ${response.status}`);
    throw refusedBy(url, `status ${response.status}, ${titleOf(text)}`);
  } catch (thrown) {
    if (thrown instanceof HallError) throw thrown;
    return refused(reasonOf(thrown));
  } finally {
    patience.cancel();
  }
}

function parseAnswer(url: string, text: string): Enrolment {
  try {
    return Enrolment.parse(JSON.parse(text));
  } catch (thrown) {
    throw refusedBy(url, `the answer is not an enrolment: ${messageOf(thrown)}`, thrown);
  }
}

const refusedBy = (url: string, reason: string, cause?: unknown): HallError =>
  new HallError("ENROLMENT_REFUSED", `${url} does not enrol this terminal: ${reason}`, { url }, cause);

/** A problem document's own words (RFC 9457), or the beginning of whatever it was. */
function titleOf(text: string): string {
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === "object" && problem !== null && "title" in problem) return String(problem.title);
  } catch {
    // Not a problem document: its text will do.
  }
  return messageOf(text).slice(0, 100);
}

/** `fetch failed` says nothing; its cause does. */
const reasonOf = (thrown: unknown): string =>
  messageOf(thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown);

function checkAuthority({ url, authorityFingerprint }: EnrolmentTicket, { authority }: Enrolment): void {
  const found = createHash("sha256").update(new X509Certificate(authority).raw).digest("hex");
  if (found !== authorityFingerprint)
    throw refusedBy(url, "the answer is signed by another authority than the ticket's");
}

function pause(duration: DurationMs, { clock, signal }: EnrolmentWorld): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      timer.cancel();
      reject(new HallError("ENROLMENT_STOPPED", "told to stop before this terminal was enrolled"));
    };
    const timer = clock.after(duration, () => {
      signal?.removeEventListener("abort", stop);
      resolve();
    });
    if (signal?.aborted === true) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
