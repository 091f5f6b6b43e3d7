import { z } from "zod";
import { Bilingual } from "../../../protocol/index.ts";

/** Why the hall itself refused it: what a nameplate would say. */
export const ProblemReason = z.object({
  code: z.string().describe("Stable."),
  text: Bilingual,
  rules: z.array(z.string()).optional().describe("Rules of the hall's regulation that it rests on."),
});
export type ProblemReason = z.infer<typeof ProblemReason>;

/** RFC 9457, `application/problem+json`: what every refused request is answered with. */
export const Problem = z.object({
  type: z.string().describe("A URN that names the kind of problem."),
  title: z.string().describe("The same for every problem of this kind."),
  status: z.int().min(400).max(599),
  detail: z.string().describe("What is wrong with this request, and what would be right."),
  code: z.string().describe("The kind of problem in one stable word."),
  reason: ProblemReason.optional(),
  pointer: z.string().optional().describe("Where in the body it lies: a JSON pointer (RFC 6901), /persons/3."),
});
export type Problem = z.infer<typeof Problem>;

/** Every problem there is: its status and title. The codes are stable. */
export const PROBLEMS = {
  "malformed-request": [400, "The request is not as it must be"],
  "malformed-csr": [400, "The certificate request cannot be used"],
  "not-signed-in": [401, "Nobody is signed in"],
  "bad-credentials": [401, "Name or password is wrong"],
  "no-session": [403, "The window is not yours now"],
  "not-allowed": [403, "This is not for your role"],
  "foreign-origin": [403, "The request comes from another site"],
  "bad-link": [403, "The link is used, or was never good"],
  "bad-token": [403, "The enrolment token is not good"],
  "enrolment-loopback-only": [403, "Terminals enrol on the controller's own machine"],
  "attendance-off": [404, "This hall keeps no attendance"],
  "unknown-person": [404, "There is no such person"],
  "unknown-unit": [404, "There is no such unit"],
  "unknown-document": [404, "There is no such document"],
  "unknown-path": [404, "There is nothing here"],
  "unknown-counter": [404, "There is no such window"],
  "unknown-service": [404, "There is no such service"],
  "unknown-priority": [404, "There is no such priority class"],
  "wrong-method": [405, "This cannot be done here"],
  "not-open": [409, "No tickets are issued now"],
  "appointment-refused": [409, "The appointment book refuses it"],
  "document-refused": [409, "The office does not take it"],
  "action-refused": [409, "The hall refuses it"],
  "contingent-exhausted": [409, "Today's contingent is used up"],
  "series-exhausted": [409, "Today's numbers are used up"],
  "paper-erased": [410, "The paper was erased"],
  "body-too-large": [413, "The body is too large"],
  "paper-type-refused": [415, "The paper is of no type that is taken"],
  "unsupported-media-type": [415, "The body must be JSON"],
  "foreign-host": [421, "This name does not lead here"],
  "key-reused": [422, "The idempotency key belongs to another request"],
  "weak-password": [422, "The password is too easy"],
  "too-many-attempts": [429, "Too many wrong tokens"],
  "too-many-bookings": [429, "Too many bookings"],
  "too-many-checks": [429, "Too many wrong checks"],
  "locked-out": [429, "Too many wrong passwords"],
  internal: [500, "The controller failed"],
  "not-ready": [503, "The controller is not ready"],
  "hall-cannot-write": [503, "The hall cannot record anything now"],
  "export-unavailable": [503, "The file cannot be made now"],
  "too-busy": [503, "The controller is too busy"],
} as const satisfies Record<string, readonly [number, string]>;
export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_TYPE = "application/problem+json";

export interface ProblemParts {
  readonly detail: string;
  readonly reason?: ProblemReason | undefined;
  readonly pointer?: string | undefined;
}

export function problemOf(code: ProblemCode, { detail, reason, pointer }: ProblemParts): Problem {
  const [status, title] = PROBLEMS[code];
  const problem = { type: `urn:hallward:problem:${code}`, title, status, detail, code };
  return { ...problem, ...(reason !== undefined && { reason }), ...(pointer !== undefined && { pointer }) };
}
