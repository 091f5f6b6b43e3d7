import type { FastifyError, FastifyReply } from "fastify";
import { type Log, messageOf } from "../../../protocol/index.ts";
import { PROBLEM_TYPE, type ProblemCode, type ProblemParts, problemOf } from "./problem.ts";
import { type Answer, JSON_TYPE } from "./route.ts";

export const BODY_BYTES_MAX = 16 * 1024;

export async function send(reply: FastifyReply, given: Answer): Promise<FastifyReply | undefined> {
  if ("refused" in given) return sendProblem(reply, given.refused, given.detail, given);
  if ("stream" in given) {
    const headers = reply.getHeaders();
    const { raw } = reply.hijack();
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) raw.setHeader(name, value);
    given.stream(raw);
    return undefined;
  }
  if ("text" in given) {
    const caching = given.cacheable === true ? "no-cache" : "no-store";
    const headers = { "cache-control": caching, ...given.headers };
    return reply
      .code(given.status ?? 200)
      .headers(headers)
      .type(given.type)
      .send(given.text);
  }
  const headers = { "cache-control": "no-store", ...given.headers };
  return reply.code(given.status).headers(headers).type(JSON_TYPE).send(JSON.stringify(given.body));
}

export function sendProblem(
  reply: FastifyReply,
  code: ProblemCode,
  detail: string,
  { reason, pointer }: Omit<ProblemParts, "detail"> = {},
): FastifyReply {
  const problem = problemOf(code, { detail, reason, pointer });
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

/** What the server itself threw, or a handler did. No stack leaves the house. */
export function sendFailure(reply: FastifyReply, error: FastifyError, log: Log): FastifyReply {
  switch (error.code) {
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return sendProblem(reply, "unsupported-media-type", "Send the body as application/json.");
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return sendProblem(
        reply,
        "body-too-large",
        `At most ${reply.request.routeOptions.bodyLimit ?? BODY_BYTES_MAX} bytes.`,
      );
    default:
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return sendProblem(reply, "malformed-request", `${messageOf(error)}.`);
  log.error("http.request-failed", { reason: messageOf(error), code: error.code });
  return sendProblem(reply, "internal", "The fault is logged; the request may be sent again.");
}
