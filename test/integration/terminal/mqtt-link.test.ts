import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { HallId, type LogFields, silentLog, type TerminalState, topics } from "../../../protocol/index.ts";
import { createMqttLink } from "../../../terminal/adapters/mqtt-link.ts";
import type { ControllerLink } from "../../../terminal/shell/controller-link.ts";
import { ack, controllerState, desired, STREAM, TERMINAL } from "../../support/counter-messages.ts";
import { RecordingListener } from "../../support/recording-listener.ts";
import { type Credentials, TestAuthority } from "../../support/test-authority.ts";
import { TestBroker } from "../../support/test-broker.ts";

// Proves the terminal's link against a real broker over real mutual TLS on the loopback.

const HALL = HallId.parse("test");
const topic = (branch: "state" | "ack" | "desired" | "command") => topics.terminal(HALL, TERMINAL, branch);

const state = (status: TerminalState["status"], session: number): TerminalState => ({
  v: 1,
  status,
  stream: STREAM,
  session,
  boot: 1,
  firmware: "0.1.0",
  role: "counter",
  devices: [],
  tail: 1,
  head: 0,
  done: 0,
  epochSeen: 0,
});

let authority: TestAuthority;
let server: Credentials;
let client: Credentials;
let broker: TestBroker;
let link: ControllerLink;
let listener: RecordingListener;
let errors: LogFields[];

beforeAll(async () => {
  authority = await TestAuthority.create();
  server = await authority.server();
  client = await authority.client(TERMINAL);
});

beforeEach(async () => {
  broker = await TestBroker.start({ server, authority: authority.certificate });
  listener = new RecordingListener();
  errors = [];
  link = linkTo({});
});

afterEach(async () => {
  await link.close();
  await broker.close();
});

interface Differently {
  readonly host?: string;
  readonly port?: number;
  readonly trusted?: string;
  readonly credentials?: Credentials;
}

function linkTo({
  host = "127.0.0.1",
  port = broker.port,
  trusted,
  credentials = client,
}: Differently): ControllerLink {
  const log = { ...silentLog, error: (_: string, fields: LogFields = {}) => void errors.push(fields) };
  const trust = trusted ?? authority.certificate;
  return createMqttLink({
    host,
    port,
    hall: HALL,
    terminal: TERMINAL,
    ...credentials,
    authority: trust,
    clock: systemClock,
    log,
  });
}

async function connected(session = 1): Promise<void> {
  link.connect(state("lost", session), listener);
  await listener.until(() => listener.events.includes("up"));
}

test.each(["127.0.0.1", "localhost"])("connects to %s, and says and hears", async (host) => {
  link = linkTo({ host });
  await connected();
  link.say({ branch: "state", message: state("online", 1) });
  await broker.until(() => broker.on("state").length > 0);
  expect(broker.on("state")[0]).toMatchObject({ qos: 1, retain: true, client: TERMINAL });
  broker.say(topic("desired"), desired(1, "idle"), { retain: true });
  broker.say(topic("ack"), ack(0), { qos: 0 });
  broker.say(topics.hall(HALL, "controller"), controllerState("up"), { retain: true });
  await listener.until(() => listener.heard.length === 3);
  expect(listener.heard.map(({ type }) => type).toSorted()).toEqual(["ack", "controller", "desired"]);
});

test("hears what was retained before it came", async () => {
  broker.say(topic("desired"), desired(4, "idle"), { retain: true });
  await connected();
  await listener.until(() => listener.heard.length === 1);
  expect(listener.heard[0]).toMatchObject({ type: "desired", desired: { rev: 4 } });
});

test("a connection that breaks is reported once, and its will says which session is lost", async () => {
  await connected(7);
  broker.cut();
  await listener.until(() => listener.events.length === 2);
  expect(listener.events[1]).toMatch(/^down /u);
  await broker.until(() => broker.on("state").length > 0);
  expect(JSON.parse(broker.on("state")[0]?.text ?? "")).toMatchObject({ status: "lost", session: 7, stream: STREAM });
  link.connect(state("lost", 8), listener);
  await listener.until(() => listener.events.length === 3);
  expect(listener.events).toEqual(["up", expect.stringMatching(/^down /u), "up"]);
});

test("a goodbye leaves no will behind", async () => {
  await connected();
  link.say({ branch: "state", message: state("lost", 1) });
  await link.close();
  await broker.until(() => broker.connections === 0);
  expect(broker.on("state").map((said) => said.client)).toEqual([TERMINAL]);
  expect(listener.events).toEqual(["up"]);
});

test("a subscription that is not granted ends the attempt, with one clear line", async () => {
  await broker.close();
  broker = await TestBroker.start({
    server,
    authority: authority.certificate,
    denies: (denied) => denied.endsWith("/desired"),
  });
  link = linkTo({});
  link.connect(state("lost", 1), listener);
  await listener.until(() => listener.events.length > 0);
  expect(listener.events).toEqual(["down subscription-refused"]);
  expect(errors).toMatchObject([{ code: "LINK_SUBSCRIPTION_REFUSED", topic: topic("desired") }]);
  await broker.until(() => broker.connections === 0);
});

test.each<[string, () => string | object, string]>([
  ["not JSON", () => "{", "refused not-json"],
  ["of another version", () => ({ ...ack(0), v: 2 }), "refused wrong-version"],
  ["incomplete", () => ({ v: 1 }), "refused malformed"],
  ["too large", () => "x".repeat(16 * 1024 + 1), "refused too-large"],
])("a message that is %s is refused, and the link stays", async (_, message, event) => {
  await connected();
  broker.say(topic("ack"), message(), { qos: 0 });
  broker.say(topic("ack"), ack(3), { qos: 0 });
  await listener.until(() => listener.heard.length === 1);
  expect(listener.events).toEqual(["up", event, "heard ack"]);
});

test("nobody there is a reason by its code", async () => {
  const { port } = broker;
  await broker.close();
  link = linkTo({ port });
  link.connect(state("lost", 1), listener);
  await listener.until(() => listener.events.length > 0);
  expect(listener.events).toEqual(["down ECONNREFUSED"]);
  broker = await TestBroker.start({ server, authority: authority.certificate });
});

test("a controller of another hall is not spoken to", async () => {
  const other = await TestAuthority.create("Another hall");
  link = linkTo({ trusted: other.certificate });
  link.connect(state("lost", 1), listener);
  await listener.until(() => listener.events.length > 0);
  expect(listener.events[0]).toMatch(/^down (UNABLE|SELF_SIGNED|CERT)/u);
  expect(broker.published).toEqual([]);
});

// A terminal's own certificate must not pass for the controller's: any window could then play the hall.
test("a terminal's certificate does not make a controller", async () => {
  await broker.close();
  broker = await TestBroker.start({ server: client, authority: authority.certificate });
  link = linkTo({});
  link.connect(state("lost", 1), listener);
  await listener.until(() => listener.events.length > 0);
  expect(listener.events[0]).toMatch(/^down /u);
  expect(listener.events).not.toContain("up");
});

test("what is said while the link is down is dropped", async () => {
  link.say({ branch: "state", message: state("online", 1) });
  await connected();
  link.say({
    branch: "reported",
    message: { v: 1, epoch: 1, rev: 1, configuration: "0".repeat(64), firmware: "0.1.0" },
  });
  await broker.until(() => broker.published.length > 0);
  expect(broker.published.map((said) => said.topic)).toEqual([topics.terminal(HALL, TERMINAL, "reported")]);
});

// Nagle against delayed acknowledgement would make each of these take 40 to 88 ms.
test("a small message does not wait for the one before it", async () => {
  await connected();
  const began = systemClock.mono();
  for (let round = 1; round <= 20; round += 1) {
    link.say({ branch: "state", message: state("online", round) });
    link.say({ branch: "state", message: state("online", round) });
    await broker.until(() => broker.on("state").length === 2 * round);
  }
  expect(systemClock.mono() - began).toBeLessThan(400);
});
