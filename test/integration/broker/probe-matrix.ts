import { KEEPALIVE_SECONDS_MAX, TERMINAL_BRANCHES_DOWN, TOPIC_LEVELS_MAX, topics } from "../../../protocol/index.ts";
import { HALL, T2, t1 } from "./hall-broker.ts";
import { stateText } from "./wills.ts";

// What terminal t1, with its own good certificate, tries at a broker and must not get: one matrix for every broker. The
// code is the embedded broker's.

export const STATE_WILL = {
  topic: t1("state"),
  payload: Buffer.from(stateText("lost")),
  qos: 1,
  retain: true,
} as const;

/** What, code, and what of its CONNECT is changed. */
export const CONNECT_PROBES = [
  ["another terminal's client id", "client-id", { clientId: "t2" }],
  ["an empty client id", "client-id", { clientId: "" }],
  ["a client id that is a word of the language", "client-id", { clientId: "__proto__" }],
  ["a session that outlives its socket", "persistent-session", { clean: false }],
  ["no keepalive", "keepalive", { keepalive: 0 }],
  ["a keepalive over the limit", "keepalive", { keepalive: KEEPALIVE_SECONDS_MAX + 1 }],
  ["MQTT 5", "protocol-version", { protocolVersion: 5 }],
  ["MQTT 3.1", "protocol-version", { protocolVersion: 3, protocolId: "MQIsdp" }],
  ["a will on another's topic", "forged-will", { will: { ...STATE_WILL, topic: topics.terminal(HALL, T2, "state") } }],
  [
    "a will on the controller's topic",
    "forged-will",
    { will: { ...STATE_WILL, topic: topics.hall(HALL, "controller") } },
  ],
  ["a will on another of its own topics", "forged-will", { will: { ...STATE_WILL, topic: t1("up") } }],
  ["a will that says online", "forged-will", { will: { ...STATE_WILL, payload: Buffer.from(stateText("online")) } }],
  ["a will that is no JSON", "forged-will", { will: { ...STATE_WILL, payload: Buffer.from("lost") } }],
  ["a will with QoS 0", "forged-will", { will: { ...STATE_WILL, qos: 0 } }],
  ["a will that is not retained", "forged-will", { will: { ...STATE_WILL, retain: false } }],
] as const;

const up = { qos: 1, retain: false } as const;

/** On what, code, topic, and how. */
export const PUBLISH_PROBES = [
  ["another terminal's topic", "foreign-topic", topics.terminal(HALL, T2, "up"), up],
  ...TERMINAL_BRANCHES_DOWN.map((branch) => [`its own ${branch}`, "foreign-topic", t1(branch), up] as const),
  ["the controller's topic", "foreign-topic", topics.hall(HALL, "controller"), { qos: 1, retain: true }],
  ["the board", "foreign-topic", topics.hall(HALL, "board"), { qos: 1, retain: true }],
  ["the calls", "foreign-topic", topics.hall(HALL, "calls"), up],
  ["another major version", "foreign-topic", t1("up").replace("/1/", "/2/"), up],
  ["another hall", "foreign-topic", t1("up").replace("h1", "h2"), up],
  ["a topic below its own", "foreign-topic", `${t1("up")}/more`, up],
  ["the broker's own topics", "foreign-topic", "$SYS/broker/heartbeat", up],
  ["a topic of too many levels", "deep-topic", "a/".repeat(TOPIC_LEVELS_MAX), up],
  ["its up topic with QoS 0", "wrong-delivery", t1("up"), { qos: 0, retain: false }],
  ["its up topic with QoS 2", "wrong-delivery", t1("up"), { qos: 2, retain: false }],
  ["its up topic, retained", "wrong-delivery", t1("up"), { qos: 1, retain: true }],
  ["its state, not retained", "wrong-delivery", t1("state"), { qos: 1, retain: false }],
] as const;

/** Filters that reach beyond its own topics. */
export const SUBSCRIPTION_PROBES = [
  "#",
  "+/+/+/+/+",
  "$SYS/#",
  "$share/g/hallward/1/h1/controller",
  "hallward/1/h1/terminals/+/desired",
  "hallward/1/h1/terminals/t1/#",
  "hallward/1/h1/terminals/t1/+",
  topics.terminal(HALL, T2, "desired"),
  topics.terminal(HALL, T2, "up"),
  topics.everyTerminal(HALL, "up"),
  t1("up"),
  t1("state"),
] as const;
