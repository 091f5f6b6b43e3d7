import { connect } from "node:net";
import { expect, test } from "vitest";
import { Problem } from "../../../controller/adapters/http/problem.ts";
import { as, startStubServer } from "./stub-desk.ts";

// The HTTP interface over real sockets, with a stub for the hall: shapes, refusals, headers.

const problemOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/u);
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.type).toBe(`urn:hallward:problem:${problem.code}`);
  return problem;
};

test.each([
  ["/healthz", { status: "ok" }],
  ["/readyz", { status: "ok" }],
  ["/api/services", { services: [{ id: "apply", name: { zh: "综合", en: "General" }, waiting: 3 }] }],
  ["/api/board", { epoch: 1, waiting: [{ service: "apply", waiting: 3 }] }],
  ["/api/kiosk", { open: true, services: [{ id: "apply", open: true, why: null, left: 7 }] }],
  ["/api/counters", { counters: [{ counter: "1", phase: "closed" }] }],
  ["/api/terminals", { terminals: [{ terminal: "t1", online: true, heardAgoMs: 5 }] }],
])("GET %s answers with JSON", async (path, body) => {
  const { base } = await startStubServer();
  const response = await fetch(`${base}${path}`, { headers: as("manager") });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/u);
  expect(await response.json()).toMatchObject(body);
});

test("GET /metrics answers in the Prometheus text format", async () => {
  const { base } = await startStubServer();
  const response = await fetch(`${base}/metrics`);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; ?version=0\.0\.4/u);
  expect(await response.text()).toBe("hallward_epoch 1\n");
});

test.each(["/readyz", "/api/services", "/api/board", "/api/events"])(
  "GET %s is 503 until the hall is ready",
  async (path) => {
    const { base, desk } = await startStubServer();
    desk.open = false;
    expect((await fetch(`${base}${path}`)).status).toBe(503);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  },
);

test("POST /api/tickets answers 201 with the ticket, and hands the idempotency key on", async () => {
  const { post, desk } = await startStubServer();
  const plain = await post("/api/tickets", { service: "apply" });
  const keyed = await post("/api/tickets", { service: "apply" }, { "idempotency-key": "k-1" });
  expect([plain.status, keyed.status]).toEqual([201, 201]);
  expect(Object.keys((await plain.json()) as object)).toEqual([
    "id",
    "number",
    "check",
    "service",
    "ahead",
    "issuedAt",
  ]);
  expect(desk.keys).toEqual([null, "k-1"]);
});

const JSON_BODY = { "content-type": "application/json" };

test.each([
  ["an unknown service", "POST", "/api/tickets", '{"service":"nothing"}', JSON_BODY, 404, "unknown-service"],
  ["no body", "POST", "/api/tickets", undefined, {}, 400, "malformed-request"],
  ["an empty JSON body", "POST", "/api/tickets", "", JSON_BODY, 400, "malformed-request"],
  ["a body that is no JSON", "POST", "/api/tickets", "{", JSON_BODY, 400, "malformed-request"],
  ["a body of another shape", "POST", "/api/tickets", "[]", JSON_BODY, 400, "malformed-request"],
  ["a field too many", "POST", "/api/tickets", '{"service":"apply","x":1}', JSON_BODY, 400, "malformed-request"],
  ["a poisoned body", "POST", "/api/tickets", '{"__proto__":{"service":"apply"}}', JSON_BODY, 400, "malformed-request"],
  [
    "text instead of JSON",
    "POST",
    "/api/tickets",
    "x",
    { "content-type": "text/plain" },
    415,
    "unsupported-media-type",
  ],
  ["a body too large", "POST", "/api/tickets", `"${"x".repeat(17_000)}"`, JSON_BODY, 413, "body-too-large"],
  [
    "a bad idempotency key",
    "POST",
    "/api/tickets",
    '{"service":"apply"}',
    { ...JSON_BODY, "idempotency-key": "a b" },
    400,
    "malformed-request",
  ],
  [
    "a wrong token",
    "POST",
    "/api/enrolment",
    JSON.stringify({ terminal: "t1", token: "0".repeat(32), csr: "x" }),
    JSON_BODY,
    403,
    "bad-token",
  ],
  ["an unknown path", "GET", "/api/nothing", undefined, {}, 404, "unknown-path"],
  ["a path that climbs", "GET", "/api/%2e%2e/%2e%2e/etc/passwd", undefined, {}, 404, "unknown-path"],
  ["a path that is none", "GET", "/%zz", undefined, {}, 400, "malformed-request"],
  ["a wrong method", "DELETE", "/api/tickets", undefined, {}, 405, "wrong-method"],
  ["a bug in the controller", "GET", "/broken", undefined, {}, 500, "internal"],
])("%s is answered with a problem document", async (_what, method, path, body, headers, status, code) => {
  const { base } = await startStubServer();
  const content = body === undefined ? {} : { body };
  const response = await fetch(`${base}${path}`, { method, headers: headers as Record<string, string>, ...content });
  expect(response.status).toBe(status);
  const problem = await problemOf(response);
  expect(problem.code).toBe(code);
  expect(JSON.stringify(problem)).not.toMatch(/secret|node_modules|\.ts:/u);
});

test("a body that is not as it must be is answered with the place of its fault, a JSON pointer", async () => {
  const { base } = await startStubServer();
  const init = { method: "POST", headers: JSON_BODY };
  const response = await fetch(`${base}/api/tickets`, { ...init, body: JSON.stringify({ service: 5 }) });
  expect(await problemOf(response)).toMatchObject({ code: "malformed-request", pointer: "/service" });
});

test("405 says what can be done instead", async () => {
  const { base } = await startStubServer();
  const response = await fetch(`${base}/api/board`, { method: "PUT" });
  expect(response.headers.get("allow")).toBe("GET");
});

/** Status line of a request written by hand. */
const rawRequest = (port: number, lines: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });

test.each([
  ["evil.example", "421"],
  ["127.0.0.1.evil.example:8080", "421"],
  ["hall.example", "200"],
  ["HALL.example:8080", "200"],
  ["localhost", "200"],
  ["[::1]:8080", "200"],
])("a request for host %s is answered with %s", async (host, status) => {
  const { server } = await startStubServer();
  const answer = await rawRequest(server.port, ["GET /healthz HTTP/1.1", `host: ${host}`, "connection: close"]);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `, "u"));
});

test("what is not HTTP at all is answered with a problem document and cut off", async () => {
  const { server } = await startStubServer();
  const answer = await rawRequest(server.port, ["HELO there"]);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /u);
  expect(answer).toContain("urn:hallward:problem:malformed-request");
});

test.each(["/board", "/api/board", "/api/nothing", "/api/events"])("%s carries the security headers", async (path) => {
  const { base } = await startStubServer();
  const stop = new AbortController();
  const { headers } = await fetch(`${base}${path}`, { signal: stop.signal });
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'self'/u);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("access-control-allow-origin")).toBeNull();
  stop.abort();
});

test("HEAD answers as GET does, without a body", async () => {
  const { base } = await startStubServer();
  const response = await fetch(`${base}/api/board`, { method: "HEAD" });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
});
