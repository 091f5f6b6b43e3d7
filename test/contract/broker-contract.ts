import { expect, test } from "vitest";
import { BAD_MESSAGES_MAX } from "../../controller/adapters/broker/broker-limits.ts";
import type { MessageListener } from "../../controller/adapters/broker/broker.ts";
import {
  MESSAGE_BYTES_MAX,
  TERMINAL_BRANCHES_DOWN,
  TERMINAL_BRANCHES_UP,
  topics,
  wireOf,
} from "../../protocol/index.ts";
import { closed, HALL, type HallBroker, heard, T1, T2, t1 } from "../integration/broker/hall-broker.ts";
import { STATE_WILL } from "../integration/broker/probe-matrix.ts";
import { stateText } from "../integration/broker/wills.ts";

/** A broker as the controller sees it, and terminals of its hall. */
export type BrokerBench = Pick<HallBroker, "broker" | "taken" | "refusals" | "until" | "connect">;
export type BrokerUnderTest = (options?: { readonly onMessage?: MessageListener }) => Promise<BrokerBench>;

/** What the controller may rely on, whichever broker serves the hall. */
export function brokerContract(under: BrokerUnderTest): void {
  hearsTerminals(under);
  tellsDeaths(under);
  speaksToTerminals(under);
  refuses(under);
  closes(under);
}

function hearsTerminals(under: BrokerUnderTest): void {
  test("a terminal may publish on each of its upward topics, and each message is taken once, in order", async () => {
    const hall = await under();
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
    const hall = await under();
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
}

function tellsDeaths(under: BrokerUnderTest): void {
  test("a terminal's own will is told when its socket breaks, and not when it says goodbye", async () => {
    const hall = await under();
    const polite = await hall.connect(T1, { will: STATE_WILL });
    await polite.endAsync();
    const broken = await hall.connect(T1, { will: STATE_WILL });
    broken.stream.destroy();
    await hall.until(() => hall.taken.length > 0);
    expect(hall.taken).toEqual([{ terminalId: T1, branch: "state", text: stateText("lost") }]);
  });

  test("the newest connection of a terminal counts: the former one ends, its will before the new birth", async () => {
    const hall = await under();
    const former = await hall.connect(T1, { will: STATE_WILL });
    const newest = await hall.connect(T1);
    await newest.publishAsync(t1("state"), stateText("online", 2), { qos: 1, retain: true });
    await closed(former);
    await hall.until(() => hall.taken.length === 2);
    expect(hall.taken.map(({ text }) => text)).toEqual([stateText("lost"), stateText("online", 2)]);
  });
}

function speaksToTerminals(under: BrokerUnderTest): void {
  test("what the controller publishes reaches its terminal only, retained for the next connection", async () => {
    const hall = await under();
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
    const hall = await under();
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
    const hall = await under();
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
      expect(got.filter((line) => line.startsWith(t1(branch)))).toEqual(
        rounds.map((round) => `${t1(branch)} ${round}`),
      );
    }
  });
}

function refuses(under: BrokerUnderTest): void {
  test.each([
    ["one byte more than a message may have", "too-large", "x".repeat(MESSAGE_BYTES_MAX + 1), 1],
    ["an envelope with QoS 0", "wrong-delivery", "{}", 0],
  ] as const)("%s is not taken, and counted", async (_what, code, text, qos) => {
    const hall = await under();
    const client = await hall.connect();
    await client.publishAsync(t1("up"), "x".repeat(MESSAGE_BYTES_MAX), { qos: 1 });
    await hall.until(() => hall.taken.length === 1);
    client.publish(t1("up"), text, { qos });
    await hall.until(() => hall.refusals.length === 1);
    expect(hall.refusals).toEqual([code]);
    expect(hall.taken).toHaveLength(1);
  });

  test("unreadable messages are counted by their fault; after the fifth in ten seconds nobody listens", async () => {
    const hall = await under({ onMessage: () => ({ code: "malformed", detail: "v: refused" }) });
    const client = await hall.connect();
    for (let count = 1; count < BAD_MESSAGES_MAX; count += 1) await client.publishAsync(t1("up"), "{}", { qos: 1 });
    client.publish(t1("up"), Buffer.from([0xff, 0xfe]), { qos: 1 });
    client.publish(t1("up"), "{}", { qos: 1 });
    const other = await hall.connect(T2);
    await hall.until(() => hall.refusals.includes("bad-messages"));
    await other.publishAsync(topics.terminal(HALL, T2, "up"), "{}", { qos: 1 });
    await hall.until(() => hall.taken.some(({ terminalId }) => terminalId === T2));
    const malformed = Array.from({ length: BAD_MESSAGES_MAX - 1 }, () => "malformed");
    expect(hall.refusals).toEqual([...malformed, "not-utf8", "bad-messages", "malformed"]);
    expect(hall.taken.filter(({ terminalId }) => terminalId === T1)).toHaveLength(BAD_MESSAGES_MAX - 1);
  });
}

function closes(under: BrokerUnderTest): void {
  test("what was handed over before it closes is heard; after it nothing is sent or taken", async () => {
    const hall = await under();
    const client = await hall.connect(T1, { will: STATE_WILL });
    const controller = topics.hall(HALL, "controller");
    await client.subscribeAsync(controller, { qos: 1 });
    const got: string[] = [];
    const down = new Promise<void>((resolve) => {
      client.on(
        "message",
        (_topic, payload) => got.push(payload.toString()) && payload.toString() === "bye" && resolve(),
      );
    });
    expect(hall.broker.listening).toBe(true);
    hall.broker.publish(controller, "bye", { qos: 1, retain: true });
    await Promise.all([down, hall.broker.close()]);
    expect(hall.broker.listening).toBe(false);
    hall.broker.publish(controller, "too late", { qos: 1, retain: true });
    client.stream.destroy();
    await closed(client);
    expect(got.at(-1)).toBe("bye");
    expect(hall.taken).toEqual([]);
  });
}
