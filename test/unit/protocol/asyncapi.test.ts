import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { asyncApiDocument, asyncApiText } from "../../../protocol/asyncapi.ts";
import { INPUT_BODIES, parseTopic, WIRE, type WireRow } from "../../../protocol/index.ts";

const Ref = z.strictObject({ $ref: z.string() });
const Document = z.strictObject({
  asyncapi: z.literal("3.0.0"),
  info: z.strictObject({
    title: z.string(),
    version: z.string().regex(/^\d+\.\d+\.\d+$/u),
    description: z.string(),
    license: z.strictObject({ name: z.literal("Apache-2.0"), url: z.url() }),
  }),
  defaultContentType: z.literal("application/json"),
  servers: z.record(
    z.string(),
    z.looseObject({ host: z.string(), protocol: z.literal("secure-mqtt"), security: z.array(Ref) }),
  ),
  channels: z.record(
    z.string(),
    z.strictObject({
      address: z.string(),
      title: z.string(),
      parameters: z.record(z.string(), z.strictObject({ description: z.string(), examples: z.array(z.string()) })),
      messages: z.record(z.string(), Ref),
    }),
  ),
  operations: z.record(
    z.string(),
    z.strictObject({
      action: z.enum(["send", "receive"]),
      title: z.string(),
      summary: z.string(),
      channel: Ref,
      messages: z.array(Ref),
      bindings: z.strictObject({
        mqtt: z.strictObject({ qos: z.int(), retain: z.boolean(), bindingVersion: z.literal("0.2.0") }),
      }),
      reply: z.strictObject({ channel: Ref, messages: z.array(Ref) }).optional(),
      "x-last-will": z.boolean(),
    }),
  ),
  components: z.strictObject({
    messages: z.record(
      z.string(),
      z.strictObject({
        name: z.string(),
        title: z.string(),
        summary: z.string(),
        contentType: z.literal("application/json"),
        payload: Ref,
        examples: z.array(z.strictObject({ name: z.string(), payload: z.unknown() })),
        "x-idempotent": z.literal(true),
        "x-repeat-known-by": z.array(z.string()),
      }),
    ),
    schemas: z.record(z.string(), z.looseObject({})),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.literal("X509") })),
  }),
});

const text = asyncApiText();
const published: unknown = JSON.parse(text);
const document = Document.parse(published);
const ROWS: readonly WireRow[] = Object.values(WIRE);

/** Every object anywhere in `value`. */
function objectsIn(value: unknown): readonly object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

function resolve(pointer: string): unknown {
  expect(pointer).toMatch(/^#\//u);
  const steps = pointer.slice(2).split("/");
  return steps.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
    published,
  );
}

// The published contract is the code's own: whoever changes a message and forgets the file is told what to run.
test("docs/asyncapi.json is fresh", () => {
  const file = new URL("../../../docs/asyncapi.json", import.meta.url);
  expect(readFileSync(file, "utf8") === text, "docs/asyncapi.json is stale: run `npm run docs` and commit it").toBe(
    true,
  );
});

test("the document is plain JSON and the same every time", () => {
  expect(asyncApiDocument()).toEqual(published);
  expect(asyncApiText()).toBe(text);
});

test("every reference leads somewhere", () => {
  const pointers = objectsIn(published).flatMap((object) => ("$ref" in object ? [object.$ref] : []));
  expect(pointers.length).toBeGreaterThan(50);
  expect(pointers.filter((pointer) => typeof resolve(String(pointer)) !== "object")).toEqual([]);
});

test.each(ROWS)("$branch is published with its topic, direction, QoS and retain flag", (row) => {
  const channel = document.channels[row.branch];
  const operation = document.operations[`${row.direction === "up" ? "receive" : "send"}-${row.branch}`];
  const topic = parseTopic(channel?.address.replace("{hall}", "h").replace("{terminal}", "t") ?? "");
  expect(topic).toMatchObject({ branch: row.branch, kind: row.family, up: row.direction === "up" });
  expect(channel?.messages).toEqual({ [row.name]: { $ref: `#/components/messages/${row.name}` } });
  expect(operation).toMatchObject({
    action: row.direction === "up" ? "receive" : "send",
    channel: { $ref: `#/channels/${row.branch}` },
    messages: [{ $ref: `#/channels/${row.branch}/messages/${row.name}` }],
    bindings: { mqtt: { qos: row.qos, retain: row.retained } },
    "x-last-will": row.lastWill,
  });
  expect(operation?.reply?.channel.$ref ?? null).toBe(row.answeredBy === null ? null : `#/channels/${row.answeredBy}`);
});

test("nothing is published that is not in the table", () => {
  const names = ROWS.map(({ name }) => name);
  expect(Object.keys(document.channels)).toEqual(ROWS.map(({ branch }) => branch));
  expect(Object.keys(document.operations)).toHaveLength(ROWS.length);
  expect(Object.keys(document.components.messages)).toEqual(names);
  const shared = ["Input", "AnyJson", "Bilingual", "KnownInput"];
  expect(Object.keys(document.components.schemas).toSorted()).toEqual([...names, ...shared].toSorted());
});

test("the parameters of an address are exactly those it names", () => {
  for (const { address, parameters } of Object.values(document.channels)) {
    const named = [...address.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name);
    expect(Object.keys(parameters)).toEqual(named);
  }
});

test.each(ROWS)("the example of $branch is read by its own schema", (row) => {
  const examples = document.components.messages[row.name]?.examples ?? [];
  expect(examples).toHaveLength(1);
  for (const { payload } of examples) expect(row.schema.parse(payload)).toEqual(payload);
});

test("the schemas are draft 07 without an identity of their own, and open to unknown fields", () => {
  for (const object of objectsIn(document.components.schemas)) {
    for (const keyword of ["$schema", "$id", "$defs", "definitions", "prefixItems", "unevaluatedProperties"]) {
      expect(object).not.toHaveProperty(keyword);
    }
    expect(object).not.toHaveProperty("additionalProperties", false);
  }
});

test("every input that this version knows is described", () => {
  const known = z
    .object({ oneOf: z.array(z.object({ title: z.string() })) })
    .parse(document.components.schemas.KnownInput);
  expect(known.oneOf.map(({ title }) => title)).toEqual(Object.keys(INPUT_BODIES));
});
