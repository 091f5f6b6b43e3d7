import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from "fastify";
import { type Log, seconds } from "../../../protocol/index.ts";
import { mayUse } from "./access.ts";
import { NOT_ALLOWED, NOT_SIGNED_IN, toOwnPage, toSignIn } from "./access-answers.ts";
import type { FrontDoor } from "./front-door.ts";
import { hostCheck } from "./host-check.ts";
import { isLoopback } from "./loopback.ts";
import { isOwnOrigin } from "./own-origin.ts";
import { PROBLEM_TYPE, problemOf } from "./problem.ts";
import { BODY_BYTES_MAX, send, sendFailure, sendProblem } from "./replies.ts";
import type { Answer, Asked, Route } from "./route.ts";
import { tokenIn } from "./session-cookie.ts";

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
  /** Whose word about the client's address is taken. */
  readonly trustedProxies: readonly string[];
  readonly door: FrontDoor;
  readonly log: Log;
}

/** A server that answers `routes` and nothing else. It does not listen yet. */
export function httpApp(options: HttpAppOptions, routes: readonly Route[]): FastifyInstance {
  const app = newApp(options);
  for (const entry of routes) serve(app, entry, options.door);
  answerTheRest(app, routes, options.log);
  return app;
}

function newApp({ host, names, trustedProxies, log }: HttpAppOptions): FastifyInstance {
  const isOurs = hostCheck(host, names);
  const app = fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_WITHIN,
    ...(trustedProxies.length > 0 && { trustProxy: [...trustedProxies] }),
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
    else if (!isOwnOrigin(provenanceOf(request))) await sendProblem(reply, "foreign-origin", "Ask from our own pages.");
  });
  return app;
}

/** Answer to what cannot be read as HTTP at all. */
const UNREADABLE = [
  "HTTP/1.1 400 Bad Request",
  "connection: close",
  `content-type: ${PROBLEM_TYPE}`,
  "",
  JSON.stringify(problemOf("malformed-request", { detail: "This is not HTTP/1.1 as it should be." })),
].join("\r\n");

const provenanceOf = ({ method, headers }: FastifyRequest) => ({
  method,
  host: headers.host,
  origin: headers.origin,
  fetchSite: typeof headers["sec-fetch-site"] === "string" ? headers["sec-fetch-site"] : undefined,
});

function serve(app: FastifyInstance, entry: Route, door: FrontDoor): void {
  app.route({
    method: entry.method,
    url: entry.path.replace(/\{([a-z]+)\}/gu, ":$1"),
    ...(entry.bodyBytesMax !== undefined && { bodyLimit: entry.bodyBytesMax }),
    exposeHeadRoute: entry.method === "GET" && !entry.operationId.startsWith("follow-"),
    handler: async (request, reply) => send(reply, await answer(entry, request, door)),
  });
}

/** First who asks, then what: a stranger learns nothing of a guarded route, not even what it takes. */
async function answer(entry: Route, request: FastifyRequest, door: FrontDoor): Promise<Answer> {
  const session = tokenIn(request.headers.cookie);
  const actor = door.actorOf(session, true);
  if (!mayUse(entry.access, actor)) {
    if (entry.isPage === true) return actor === null ? toSignIn(request.url) : toOwnPage(request.url);
    return actor === null ? NOT_SIGNED_IN : NOT_ALLOWED;
  }
  const holds = (): boolean => mayUse(entry.access, door.actorOf(session, false));
  return answerTo(entry, request, { actor, session, holds });
}

type Known = Pick<Asked<unknown>, "actor" | "session" | "holds">;

async function answerTo(entry: Route, request: FastifyRequest, known: Known): Promise<Answer> {
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
    const path = issue?.path ?? [];
    const detail = `${path.join(".") || "body"}: ${issue?.message ?? "refused"}.`;
    return { refused: "malformed-request", detail, ...(path.length > 0 && { pointer: `/${path.join("/")}` }) };
  }
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === "string" ? value : undefined;
  };
  const local = isLoopback(request.socket.remoteAddress);
  const secure = request.protocol === "https";
  const where = { local, header, address: request.ip, secure, param: (name: string) => params[name] ?? "" };
  return entry.handle({ body: parsed?.data, ...where, ...known });
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
