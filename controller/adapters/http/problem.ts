import { z } from "zod";
import { Bilingual } from "../../../protocol/index.ts";

/** Why the hall itself refused it: what a nameplate would say. */
export const ProblemReason = z.object({ code: z.string().describe("Stable."), text: Bilingual });
export type ProblemReason = z.infer<typeof ProblemReason>;

/** RFC 9457, `application/problem+json`: what every refused request is answered with. */
export const Problem = z.object({
  type: z.string().describe("A URN that names the kind of problem."),
  title: z.string().describe("The same for every problem of this kind."),
  status: z.int().min(400).max(599),
  detail: z.string().describe("What is wrong with this request, and what would be right."),
  code: z.string().describe("The kind of problem in one stable word."),
  reason: ProblemReason.optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Every problem there is: its status and title. The codes are stable. */
export const PROBLEMS = {
  "malformed-request": [400, "The request is not as it must be"],
  "malformed-csr": [400, "The certificate request cannot be used"],
  "no-session": [401, "There is no session at this window"],
  "bad-desk-token": [403, "The token does not open this window"],
  "bad-token": [403, "The enrolment token is not good"],
  "enrolment-loopback-only": [403, "Terminals enrol on the controller's own machine"],
  "unknown-path": [404, "There is nothing here"],
  "unknown-counter": [404, "There is no such window"],
  "unknown-service": [404, "There is no such service"],
  "unknown-priority": [404, "There is no such priority class"],
  "wrong-method": [405, "This cannot be done here"],
  "not-open": [409, "No tickets are issued now"],
  "action-refused": [409, "The hall refuses it"],
  "contingent-exhausted": [409, "Today's contingent is used up"],
  "series-exhausted": [409, "Today's numbers are used up"],
  "body-too-large": [413, "The body is too large"],
  "unsupported-media-type": [415, "The body must be JSON"],
  "foreign-host": [421, "This name does not lead here"],
  "key-reused": [422, "The idempotency key belongs to another request"],
  "too-many-attempts": [429, "Too many wrong tokens"],
  internal: [500, "The controller failed"],
  "not-ready": [503, "The controller is not ready"],
  "hall-cannot-write": [503, "The hall cannot record anything now"],
  "too-busy": [503, "The controller is too busy"],
} as const satisfies Record<string, readonly [number, string]>;
export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_TYPE = "application/problem+json";

export function problemOf(code: ProblemCode, detail: string, reason?: ProblemReason): Problem {
  const [status, title] = PROBLEMS[code];
  const problem = { type: `urn:hallward:problem:${code}`, title, status, detail, code };
  return reason === undefined ? problem : { ...problem, reason };
}
