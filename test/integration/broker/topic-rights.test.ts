import { expect, test } from "vitest";
import {
  TERMINAL_BRANCHES_DOWN,
  TERMINAL_BRANCHES_UP,
  TOPIC_LEVELS_MAX,
  topics,
  WIRE,
  wireOf,
} from "../../../protocol/index.ts";
import { closed, HALL, heard, startHallBroker, T1, T2, t1 } from "./hall-broker.ts";

// What a connected terminal may say and hear: exactly its own topics, as the wire table has them (I12).

test("it may publish on each of its own upward topics, and each message is taken once, in order", async () => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  for (const branch of TERMINAL_BRANCHES_UP) {
    const { qos, retained } = wireOf(branch);
    await client.publishAsync(t1(branch), branch, { qos, retain: retained });
  }
  await hall.until(() => hall.taken.length === TERMINAL_BRANCHES_UP.length);
  expect(hall.taken).toEqual(TERMINAL_BRANCHES_UP.map((branch) => ({ terminalId: T1, branch, text: branch })));
  expect(hall.refusals).toEqual([]);
});

test("messages of every QoS are taken in the order in which they were sent", async () => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  const sent = Array.from({ length: 60 }, (_, index) => ({
    branch: index % 3 === 0 ? "health" : "up",
    text: `${index}`,
  }));
  for (const { branch, text } of sent) {
    const topic = branch as "health" | "up";
    client.publish(t1(topic), text, { qos: wireOf(topic).qos });
  }
  await hall.until(() => hall.taken.length === sent.length);
  expect(hall.taken.map(({ branch, text }) => ({ branch, text }))).toEqual(sent);
});

const up = { qos: 1, retain: false } as const;

test.each([
  ["another terminal's topic", "foreign-topic", topics.terminal(HALL, T2, "up"), up],
  ...TERMINAL_BRANCHES_DOWN.map((branch) => [`its own ${branch}`, "foreign-topic", t1(branch), up] as const),
  ["the controller's topic", "foreign-topic", topics.hall(HALL, "controller"), { qos: 1, retain: true }],
  ["the board", "foreign-topic", topics.hall(HALL, "board"), { qos: 1, retain: true }],
  ["the calls", "foreign-topic", topics.hall(HALL, "calls"), up],
  ["another major version", "foreign-topic", t1("up").replace("/1/", "/2/"), up],
  ["another hall", "foreign-topic", t1("up").replace("h1", "h2"), up],
  ["a topic below its own", "foreign-topic", `${t1("up")}/more`, up],
  ["the broker's own topics", "foreign-topic", "$SYS/broker/heartbeat", up],
  ["a topic of too many levels", "protocol-error", "a/".repeat(TOPIC_LEVELS_MAX), up],
  ["its up topic with QoS 0", "wrong-delivery", t1("up"), { qos: 0, retain: false }],
  ["its up topic with QoS 2", "wrong-delivery", t1("up"), { qos: 2, retain: false }],
  ["its up topic, retained", "wrong-delivery", t1("up"), { qos: 1, retain: true }],
  ["its state, not retained", "wrong-delivery", t1("state"), { qos: 1, retain: false }],
] as const)("publishing on %s ends its connection", async (_what, code, topic, options) => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  const other = await hall.connect(T2);
  client.publish(topic, "{}", options);
  await closed(client);
  expect(hall.refusals).toEqual([code]);
  expect(hall.taken).toEqual([]);
  expect(other.connected).toBe(true);
});

test("it may subscribe to its own downward topics and to the hall's", async () => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  const wanted = Object.values(WIRE)
    .filter((row) => row.direction === "down")
    .map((row) => (row.family === "hall" ? topics.hall(HALL, row.branch) : t1(row.branch)));
  const granted = await client.subscribeAsync(wanted, { qos: 1 });
  expect(granted.map(({ topic, qos }) => ({ topic, qos }))).toEqual(wanted.map((topic) => ({ topic, qos: 1 })));
});

test.each([
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
])("subscribing to %s is refused, and nothing else is", async (filter) => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  const answers = new Promise<readonly (number | { readonly qos: number })[]>((resolve) => {
    client.on("packetreceive", (packet) => packet.cmd === "suback" && resolve(packet.granted as number[]));
  });
  client.subscribe([filter, t1("ack")], { qos: 1 });
  expect(await answers).toEqual([128, 1]);
  expect(hall.refusals).toEqual(["foreign-subscription"]);
  expect(client.connected).toBe(true);
});

test("what the controller publishes reaches its terminal only, retained for the next connection", async () => {
  const hall = await startHallBroker();
  const [first, second] = [await hall.connect(T1), await hall.connect(T2)];
  const strays: string[] = [];
  second.on("message", (topic) => strays.push(topic));
  await first.subscribeAsync(t1("desired"), { qos: 1 });
  await second.subscribeAsync(topics.terminal(HALL, T2, "desired"), { qos: 1 });
  const face = heard(first, t1("desired"));
  hall.broker.publish(t1("desired"), "face", { qos: 1, retain: true });
  expect(await face).toBe("face");
  await first.endAsync();
  const later = await hall.connect(T1);
  const again = heard(later, t1("desired"));
  await later.subscribeAsync(t1("desired"), { qos: 1 });
  expect(await again).toBe("face");
  expect(strays).toEqual([]);
});

test("messages to one topic arrive in the order in which they were published", async () => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  const got: string[] = [];
  client.on("message", (_topic, payload) => got.push(payload.toString()));
  await client.subscribeAsync(t1("desired"), { qos: 1 });
  const sent = Array.from({ length: 200 }, (_, index) => `${index}`);
  for (const text of sent) hall.broker.publish(t1("desired"), text, { qos: 1, retain: true });
  await new Promise<void>((resolve) => client.on("message", () => got.length === sent.length && resolve()));
  expect(got).toEqual(sent);
});

test("messages of different QoS, retained and not, that go out together all arrive", async () => {
  const hall = await startHallBroker();
  const client = await hall.connect();
  const got: string[] = [];
  client.on("message", (topic, payload) => got.push(`${topic} ${payload.toString()}`));
  const branches = TERMINAL_BRANCHES_DOWN;
  await client.subscribeAsync(branches.map(t1), { qos: 1 });
  const rounds = Array.from({ length: 30 }, (_, round) => round);
  for (const round of rounds) {
    for (const branch of ["desired", "command", "ack"] as const) {
      const { qos, retained } = wireOf(branch);
      hall.broker.publish(t1(branch), `${round}`, { qos, retain: retained });
    }
  }
  const all = rounds.length * branches.length;
  await new Promise<void>((resolve) => client.on("message", () => got.length === all && resolve()));
  for (const branch of branches) {
    expect(got.filter((line) => line.startsWith(t1(branch)))).toEqual(rounds.map((round) => `${t1(branch)} ${round}`));
  }
});
