import { z } from "zod";
import type { Json } from "./base/canonical-json.ts";
import { Bilingual } from "./base/text.ts";
import { EXAMPLES } from "./examples.ts";
import {
  CONNECT_TIMEOUT,
  INPUT_BYTES_MAX,
  KEEPALIVE_SECONDS,
  KEEPALIVE_SECONDS_MAX,
  MESSAGE_BYTES_MAX,
  MESSAGE_DEPTH_MAX,
} from "./limits.ts";
import { AnyJson, INPUT_BODIES, Input, type InputType, isFactType } from "./messages/input.ts";
import { WIRE_MAJOR } from "./topics.ts";
import { WIRE, type WireRow } from "./wire.ts";

type JsonObject = { readonly [key: string]: Json };

const ROWS: readonly WireRow[] = Object.values(WIRE);
const DIALECT = { target: "draft-7", io: "input" } as const; // AsyncAPI's own schema format extends draft 07.
const MQTT_BINDING_VERSION = "0.2.0";

/**
 * The wire as an AsyncAPI 3.0.0 document, from the same schemas that parse the messages. Operations are the
 * controller's: it receives what flows up and sends what flows down. Schemas are open: unknown fields are ignored.
 */
export function asyncApiDocument(): JsonObject {
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Hallward wire",
      version: `${WIRE_MAJOR}.0.0`,
      description: DESCRIPTION,
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    defaultContentType: "application/json",
    servers: { hall: HALL_SERVER },
    channels: keyed(ROWS, (row) => [row.branch, channelOf(row)]),
    operations: keyed(ROWS, (row) => [operationName(row), operationOf(row)]),
    components: {
      messages: keyed(ROWS, (row) => [row.name, messageOf(row)]),
      schemas: { ...messageSchemas(), KnownInput: knownInputs() },
      securitySchemes: {
        certificate: { type: "X509", description: "Issued by the hall's own authority; its name is the client id." },
      },
    },
  };
}

/** The document as it is published: `docs/asyncapi.json`. */
export const asyncApiText = (): string => `${JSON.stringify(asyncApiDocument(), null, 2)}\n`;

const DESCRIPTION = [
  "What counter terminals and the hall controller say to each other over MQTT 3.1.1 with mutual TLS.",
  `A message is UTF-8 JSON of at most ${MESSAGE_BYTES_MAX} bytes, nested at most ${MESSAGE_DEPTH_MAX} deep; an input`,
  `has at most ${INPUT_BYTES_MAX} bytes. Unknown fields are ignored. The major version is in the topic.`,
  "KnownInput lists the inputs this version acts on; any other is recorded as rejected.",
  "A PUBACK proves nothing: a terminal keeps every input until an ack of the controller covers it.",
].join(" ");

const HALL_SERVER: JsonObject = {
  host: "{controller}:8883",
  protocol: "secure-mqtt",
  protocolVersion: "3.1.1",
  description: [
    "The broker embedded in the hall's controller. The client id is the terminal's id and the name in its certificate.",
    `CONNECT is due ${CONNECT_TIMEOUT} ms after the socket opens; keepalive is 1 to ${KEEPALIVE_SECONDS_MAX} s.`,
  ].join(" "),
  variables: { controller: { default: "localhost", description: "The controller's name or address in the hall." } },
  security: [{ $ref: "#/components/securitySchemes/certificate" }],
  bindings: { mqtt: { cleanSession: true, keepAlive: KEEPALIVE_SECONDS, bindingVersion: MQTT_BINDING_VERSION } },
};

const ID_SYNTAX = "Lower-case letters, digits and '-', beginning with a letter or digit, at most 32 characters.";
const HALL_PARAMETER: JsonObject = { description: `The hall. ${ID_SYNTAX}`, examples: ["hall-1"] };
const TERMINAL_PARAMETER: JsonObject = {
  description: `The terminal's identity: its client id and its certificate's name. ${ID_SYNTAX}`,
  examples: ["window-3"],
};

function channelOf({ branch, family, name, title }: WireRow): JsonObject {
  const ofTerminal = family === "terminal";
  return {
    address: `hallward/${WIRE_MAJOR}/{hall}/${ofTerminal ? "terminals/{terminal}/" : ""}${branch}`,
    title,
    parameters: ofTerminal ? { hall: HALL_PARAMETER, terminal: TERMINAL_PARAMETER } : { hall: HALL_PARAMETER },
    messages: { [name]: { $ref: `#/components/messages/${name}` } },
  };
}

const operationName = ({ direction, branch }: WireRow): string =>
  `${direction === "up" ? "receive" : "send"}-${branch}`;

function operationOf(row: WireRow): JsonObject {
  return {
    action: row.direction === "up" ? "receive" : "send",
    title: row.title,
    summary: row.summary,
    channel: { $ref: `#/channels/${row.branch}` },
    messages: [messageIn(row)],
    bindings: { mqtt: { qos: row.qos, retain: row.retained, bindingVersion: MQTT_BINDING_VERSION } },
    ...replyOf(row),
    "x-last-will": row.lastWill,
  };
}

function replyOf({ answeredBy }: WireRow): JsonObject {
  if (answeredBy === null) return {};
  return { reply: { channel: { $ref: `#/channels/${answeredBy}` }, messages: [messageIn(WIRE[answeredBy])] } };
}

const messageIn = ({ branch, name }: WireRow): JsonObject => ({ $ref: `#/channels/${branch}/messages/${name}` });

function messageOf(row: WireRow): JsonObject {
  return {
    name: row.name,
    title: row.title,
    summary: row.summary,
    contentType: "application/json",
    payload: { $ref: `#/components/schemas/${row.name}` },
    examples: [{ name: row.branch, payload: EXAMPLES[row.branch] as Json }],
    "x-idempotent": row.idempotent,
    "x-repeat-known-by": row.repeatKnownBy,
  };
}

function messageSchemas(): JsonObject {
  const named = z.registry<{ id: string }>();
  for (const row of ROWS) named.add(row.schema, { id: row.name });
  named.add(Input, { id: "Input" });
  named.add(AnyJson, { id: "AnyJson" });
  named.add(Bilingual, { id: "Bilingual" });
  const { schemas } = z.toJSONSchema(named, { ...DIALECT, uri: (id) => `#/components/schemas/${id}` });
  return keyed(Object.entries(schemas), ([name, schema]) => [name, plain(schema)]);
}

/** `type`, `kind` and `body` of every input this version understands; any other is recorded as rejected. */
function knownInputs(): JsonObject {
  const types = Object.keys(INPUT_BODIES) as InputType[];
  return {
    oneOf: types.map((type) => ({
      title: type,
      type: "object",
      properties: {
        kind: { const: isFactType(type) ? "fact" : "intent" },
        type: { const: type },
        body: plain(z.toJSONSchema(INPUT_BODIES[type], DIALECT)),
      },
      required: isFactType(type) ? ["kind", "type", "body"] : ["kind", "type", "basis", "ttlMs", "body"],
    })),
  };
}

/** Without `$schema` and `$id`: inside the document they would move what references are relative to. */
function plain(schema: object): JsonObject {
  const members = Object.entries<Json>(schema as JsonObject);
  return Object.fromEntries(members.filter(([key]) => key !== "$schema" && key !== "$id"));
}

const keyed = <T>(rows: readonly T[], entryOf: (row: T) => readonly [string, Json]): JsonObject =>
  Object.fromEntries(rows.map(entryOf));
