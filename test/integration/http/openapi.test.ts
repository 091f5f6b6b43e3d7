import { expect, test } from "vitest";
import { as, startStubServer } from "./stub-desk.ts";

// The OpenAPI document describes what is served: every route is in it, and every reference leads somewhere.

type JsonObject = Readonly<Record<string, unknown>>;

async function readDocument() {
  const stub = await startStubServer();
  const document = (await (await fetch(`${stub.base}/api/openapi.json`)).json()) as JsonObject;
  return { ...stub, document, paths: document["paths"] as Record<string, Record<string, JsonObject>> };
}

const resolve = (document: JsonObject, pointer: string): unknown =>
  pointer
    .slice(2)
    .split("/")
    .reduce<unknown>((place, step) => (place as JsonObject | undefined)?.[step], document);

function referencesIn(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) => (key === "$ref" ? [String(member)] : referencesIn(member)));
}

test("it is OpenAPI 3.1 and names every route", async () => {
  const { document, paths } = await readDocument();
  expect(document["openapi"]).toBe("3.1.0");
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((name) => `${name} ${path}`),
  );
  expect(described.toSorted()).toEqual([
    "get /api/appointments",
    "get /api/appointments/breaches",
    "get /api/appointments/days/{date}",
    "get /api/appointments/slots/{service}/{date}",
    "get /api/attendance/cover",
    "get /api/attendance/documents/{kind}",
    "get /api/attendance/evidence/{digest}",
    "get /api/attendance/filing",
    "get /api/attendance/policy",
    "get /api/attendance/publications",
    "get /api/attendance/records/{person}/{period}",
    "get /api/attendance/records/{person}/{period}/export",
    "get /api/attendance/sheets/{unit}/{period}",
    "get /api/attendance/sheets/{unit}/{period}/{format}",
    "get /api/attendance/today",
    "get /api/board",
    "get /api/counters",
    "get /api/counters/{counter}/desk",
    "get /api/events",
    "get /api/kiosk",
    "get /api/openapi.json",
    "get /api/overview",
    "get /api/overview/events",
    "get /api/refusals",
    "get /api/services",
    "get /api/session",
    "get /api/terminals",
    "get /board",
    "get /broken",
    "get /healthz",
    "get /metrics",
    "get /readyz",
    "post /api/appointments",
    "post /api/appointments/cancellations",
    "post /api/appointments/check-ins",
    "post /api/appointments/desk",
    "post /api/appointments/{booking}/cancel",
    "post /api/appointments/{booking}/check-in",
    "post /api/attendance/documents",
    "post /api/attendance/documents/{document}/decisions",
    "post /api/attendance/evidence",
    "post /api/attendance/evidence/{digest}/erasure",
    "post /api/attendance/filing/preview",
    "post /api/attendance/publications",
    "post /api/counters/{counter}/actions",
    "post /api/counters/{counter}/assistance/answered",
    "post /api/enrolment",
    "post /api/first-account",
    "post /api/re-entries",
    "post /api/restored/tickets",
    "post /api/session",
    "post /api/session/end",
    "post /api/session/password",
    "post /api/tickets",
    "post /api/tickets/{ticket}/print-failed",
    "post /api/tickets/{ticket}/printed",
    "post /api/tickets/{ticket}/re-enter",
  ]);
});

test("every reference leads to a schema, and every schema is referred to", async () => {
  const { document } = await readDocument();
  const references = [...new Set(referencesIn(document))];
  expect(references.filter((reference) => typeof resolve(document, reference) !== "object")).toEqual([]);
  const schemas = Object.keys((document["components"] as Record<string, JsonObject>)["schemas"] ?? {});
  expect(references.map((reference) => reference.split("/").at(-1) ?? "").toSorted()).toEqual(schemas.toSorted());
});

test("operation ids are unique, and every described GET is answered with the type it says", async () => {
  const { base, paths } = await readDocument();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  expect(new Set(operations.map(({ operation }) => operation["operationId"])).size).toBe(operations.length);
  for (const { path, method, operation } of operations) {
    if (method !== "get" || path === "/broken") continue;
    const stop = new AbortController();
    const response = await fetch(`${base}${path.replace("{counter}", "1")}`, {
      headers: as("manager"),
      signal: stop.signal,
    });
    const answers = operation["responses"] as Record<string, { content: JsonObject }>;
    const types = Object.keys(answers[String(response.status)]?.content ?? {}).map((type) => type.split(";")[0]);
    expect(types).toContain(response.headers.get("content-type")?.split(";")[0]);
    stop.abort();
  }
});

test("POST /api/tickets is described with its body, its key, its ticket and its problems", async () => {
  const { paths } = await readDocument();
  expect(paths["/api/tickets"]?.["post"]).toMatchObject({
    requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/TicketRequest" } } } },
    parameters: [{ name: "idempotency-key", in: "header", required: false }],
    responses: {
      201: { content: { "application/json": { schema: { $ref: "#/components/schemas/IssuedTicket" } } } },
      404: { content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } },
      422: { description: expect.stringContaining("key-reused") as unknown },
    },
  });
});
