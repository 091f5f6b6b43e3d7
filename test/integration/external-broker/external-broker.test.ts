import { expect, onTestFinished, test } from "vitest";
import type { Broker } from "../../../controller/adapters/broker/broker.ts";
import { connectExternalBroker } from "../../../controller/adapters/external-broker/external-broker.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { type Log, type LogFields, TERMINAL_BRANCHES_UP, topics } from "../../../protocol/index.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { TestAuthority } from "../../support/test-authority.ts";
import { TestBroker } from "../../support/test-broker.ts";
import { HALL, t1, watchList } from "../broker/hall-broker.ts";

// The controller as the client of a broker that comes and goes: what it says, when, and what it never keeps. A small
// broker on the loopback stands for any; test/system has a real Mosquitto.

const CONTROLLER = topics.hall(HALL, "controller");
const RETAINED = { qos: 1, retain: true } as const;

interface Said extends LogFields {
  readonly level: string;
  readonly event: string;
}

async function openLink(denies: (topic: string) => boolean = () => false) {
  const authority = await TestAuthority.create();
  const server = await authority.server();
  const own = await authority.client("controller.h1");
  const startBroker = (port = 0) => TestBroker.start({ server, authority: authority.certificate, port, denies });
  const outside = { now: await startBroker() };
  const { port } = outside.now;
  onTestFinished(() => outside.now.close());
  const watch = watchList();
  const said: Said[] = [];
  const says =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      said.push({ level, event, ...fields });
      watch.changed();
    };
  const log: Log = { debug: says("debug"), info: says("info"), warn: says("warn"), error: says("error") };
  let ups = 0;
  const broker: Broker = connectExternalBroker({
    hall: HALL,
    host: "127.0.0.1",
    port,
    tls: { ...own, authority: authority.certificate },
    will() {
      // Said while each connection opens: the client's own queue would keep it for the moment it is up.
      systemClock.soon(() => broker.publish(t1("command"), "early", { qos: 1, retain: false }));
      return [CONTROLLER, `down ${ups}`, RETAINED];
    },
    onUp() {
      ups += 1;
      broker.publish(CONTROLLER, `up ${ups}`, RETAINED);
      broker.publish(t1("desired"), `face ${ups}`, RETAINED);
      watch.changed();
    },
    onMessage: () => null,
    onRefused() {},
    clock: systemClock,
    random: new SeededRandom(3),
    log,
  });
  onTestFinished(() => broker.close());
  const begin = async (): Promise<void> => {
    outside.now = await startBroker(port);
  };
  return { broker, outside, begin, said, until: watch.until, ups: () => ups };
}

test("at every connect it is born and says the rest again: a broker that forgot has all of it", async () => {
  const link = await openLink();
  await link.until(() => link.ups() === 1);
  await link.outside.now.until(() => link.outside.now.published.length === 2);
  await link.outside.now.close();
  await link.until(() => !link.broker.listening);
  await link.begin();
  const { now } = link.outside;
  await now.until(() => now.published.length === 2);
  expect(now.arrived).toEqual(["up 2", "face 2"]);
  expect(now.published.map(({ qos, retain }) => [qos, retain])).toEqual([
    [1, true],
    [1, true],
  ]);
  expect(link.broker.listening).toBe(true);
});

test("what is said while the broker is away is dropped, and never said late", async () => {
  const link = await openLink();
  await link.until(() => link.ups() === 1);
  await link.outside.now.close();
  await link.until(() => !link.broker.listening);
  for (const branch of ["ack", "desired"] as const) {
    link.broker.publish(t1(branch), "stale", { qos: branch === "ack" ? 0 : 1, retain: false });
  }
  await link.begin();
  await link.outside.now.until(() => link.outside.now.published.length === 2);
  link.broker.publish(t1("ack"), "fresh", { qos: 0, retain: false });
  await link.outside.now.until(() => link.outside.now.on("ack").length > 0);
  expect(link.outside.now.arrived).toEqual(["up 2", "face 2", "fresh"]);
});

test.each(TERMINAL_BRANCHES_UP)(
  "a broker that does not grant %s is said in one error line, with the topic",
  async (branch) => {
    const denied = topics.everyTerminal(HALL, branch);
    const link = await openLink((topic) => topic === denied);
    await link.until(() => link.said.some(({ event }) => event === "broker.subscription-refused"));
    const { said } = link;
    expect(said.filter(({ level }) => level === "error")).toMatchObject([
      { event: "broker.subscription-refused", code: "BROKER_SUBSCRIPTION_REFUSED", topic: denied },
    ]);
    expect([link.ups(), link.broker.listening, link.outside.now.published.length]).toEqual([0, false, 0]);
  },
);

test("a broker that is away is said once, however often it is looked for", async () => {
  const link = await openLink();
  await link.until(() => link.ups() === 1);
  await link.outside.now.close();
  await link.until(() => link.said.filter(({ event }) => event === "broker.lost").length === 2);
  await link.begin();
  await link.until(() => link.ups() === 2);
  expect(link.said.filter(({ event }) => event === "broker.lost").map(({ reason }) => reason)).toEqual([
    "closed",
    "ECONNREFUSED",
  ]);
});

test("a controller that is gone without a word leaves its will; one that closes leaves none", async () => {
  const link = await openLink();
  const { now } = link.outside;
  await link.until(() => link.ups() === 1);
  await now.until(() => now.published.length === 2);
  now.cut();
  await now.until(() => now.published.some(({ text }) => text === "down 0"));
  await link.until(() => link.ups() === 2);
  await now.until(() => now.on("controller").length === 3);
  await link.broker.close();
  await now.until(() => now.connections === 0);
  expect(now.on("controller").map(({ text }) => text)).toEqual(["up 1", "down 0", "up 2"]);
});

test("a new epoch takes a new will along: the broker is connected anew", async () => {
  const link = await openLink();
  const { now } = link.outside;
  await link.until(() => link.ups() === 1);
  link.broker.renewWill();
  await link.until(() => link.ups() === 2);
  await now.until(() => now.on("controller").some(({ text }) => text === "up 2"));
  now.cut();
  await now.until(() => now.on("controller").some(({ text }) => text === "down 1"));
});
