import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from "fastify";
import { type Log, seconds } from "../../../protocol/index.ts";
import { hostCheck } from "./host-check.ts";
import { isLoopback } from "./loopback.ts";
import { PROBLEM_TYPE, problemOf } from "./problem.ts";
import { BODY_BYTES_MAX, send, sendFailure, sendProblem } from "./replies.ts";
import type { Answer, Route } from "./route.ts";

const HEADER_BYTES_MAX = 8 * 1024;
const CONNECTIONS_MAX = 1_000;
/** A request that is not complete by then is cut off. */
const REQUEST_WITHIN = seconds(10);

const SECURITY_HEADERS = {
  "content-security-policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

export interface HttpAppOptions {
  readonly host: string;
  readonly names: readonly string[];
  readonly log: Log;
}

/** A server that answers `routes` and nothing else. It does not listen yet. */
export function httpApp(options: HttpAppOptions, routes: readonly Route[]): FastifyInstance {
  const app = newApp(options);
  for (const entry of routes) serve(app, entry);
  answerTheRest(app, routes, options.log);
  return app;
}

function newApp({ host, names, log }: HttpAppOptions): FastifyInstance {
  const isOurs = hostCheck(host, names);
  const app = fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_WITHIN,
    forceCloseConnections: true,
    http: { maxHeaderSize: HEADER_BYTES_MAX },
    frameworkErrors: (error, _request, reply) => void sendFailure(reply, error, log),
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end(UNREADABLE);
      else socket.destroy();
    },
  });
  app.server.maxConnections = CONNECTIONS_MAX;
  app.removeContentTypeParser("text/plain"); // A foreign page can send text unasked; JSON it cannot.
  app.addHook("onRequest", async (request, reply) => {
    void reply.headers(SECURITY_HEADERS);
    if (!isOurs(request.headers.host)) await sendProblem(reply, "foreign-host", "Use the controller's own name.");
  });
  return app;
}

/** Answer to what cannot be read as HTTP at all. */
const UNREADABLE = [
  "HTTP/1.1 400 Bad Request",
  "connection: close",
  `content-type: ${PROBLEM_TYPE}`,
  "",
  JSON.stringify(problemOf("malformed-request", "This is not HTTP/1.1 as it should be.")),
].join("\r\n");

function serve(app: FastifyInstance, entry: Route): void {
  app.route({
    method: entry.method,
    url: entry.path.replace(/\{([a-z]+)\}/gu, ":$1"),
    exposeHeadRoute: entry.method === "GET" && !entry.operationId.startsWith("follow-"),
    handler: async (request, reply) => send(reply, await answer(entry, request)),
  });
}

async function answer(entry: Route, request: FastifyRequest): Promise<Answer> {
  for (const { name, schema } of entry.headers ?? []) {
    const given = request.headers[name];
    const fault = given === undefined ? undefined : schema.safeParse(given).error?.issues[0];
    if (fault !== undefined) return { refused: "malformed-request", detail: `${name}: ${fault.message}.` };
  }
  const params = request.params as Readonly<Record<string, string>>;
  for (const { name, schema } of entry.params ?? []) {
    const fault = schema.safeParse(params[name]).error?.issues[0];
    if (fault !== undefined) return { refused: "malformed-request", detail: `${name}: ${fault.message}.` };
  }
  const parsed = entry.body?.safeParse(request.body);
  if (parsed !== undefined && !parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join(".") || "body";
    return { refused: "malformed-request", detail: `${where}: ${issue?.message ?? "refused"}.` };
  }
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === "string" ? value : undefined;
  };
  const local = isLoopback(request.socket.remoteAddress);
  return entry.handle({ body: parsed?.data, local, header, param: (name) => params[name] ?? "" });
}

function answerTheRest(app: FastifyInstance, routes: readonly Route[], log: Log): void {
  app.setErrorHandler((error: FastifyError, _request, reply) => sendFailure(reply, error, log));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0] ?? "";
    const methods = routes.filter((entry) => leadsTo(entry.path, path)).map(({ method }) => method);
    if (methods.length === 0) return sendProblem(reply, "unknown-path", "See /api/openapi.json for what there is.");
    void reply.header("allow", methods.join(", "));
    return sendProblem(reply, "wrong-method", `Here one can ${methods.join(" or ")}.`);
  });
}

/** Whether `path` is the route's, with something in the place of each part in braces. */
function leadsTo(template: string, path: string): boolean {
  const parts = path.split("/");
  const places = template.split("/");
  return places.length === parts.length && places.every((place, at) => place.startsWith("{") || place === parts[at]);
}
