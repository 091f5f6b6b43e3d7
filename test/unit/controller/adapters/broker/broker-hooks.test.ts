import { Duplex } from "node:stream";
import type { Client, PublishPacket } from "aedes";
import { expect, test } from "vitest";
import { brokerHooks } from "../../../../../controller/adapters/broker/broker-hooks.ts";
import { Sessions } from "../../../../../controller/adapters/broker/sessions.ts";
import { HallId, silentLog, TerminalId, topics } from "../../../../../protocol/index.ts";
import { VirtualClock } from "../../../../support/virtual-clock.ts";

// What the hooks do that no well-behaved broker or client brings about.

const HALL = HallId.parse("h1");
const T1 = TerminalId.parse("t1");
const STATE = topics.terminal(HALL, T1, "state");

function openHooks(onMessage: () => null = () => null) {
  const sessions = new Sessions();
  const refusals: string[] = [];
  const taken: string[] = [];
  const connection = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  sessions.open(connection, { terminalId: T1, fingerprint: "0".repeat(64) }, HALL);
  const hooks = brokerHooks({
    sessions,
    onMessage(_terminalId, branch) {
      taken.push(branch);
      return onMessage();
    },
    count: (code) => void refusals.push(code),
    noteOutbound() {},
    clock: new VirtualClock(),
    log: silentLog,
    listening: () => true,
  });
  const publish = (client: Partial<Client> | null, packet: Partial<PublishPacket>): (Error | null | undefined)[] => {
    const answers: (Error | null | undefined)[] = [];
    hooks.authorizePublish?.(client as Client | null, packet as PublishPacket, (error) => void answers.push(error));
    return answers;
  };
  return { connection, publish, refusals, taken };
}

const will = { topic: STATE, payload: Buffer.from("{}"), qos: 1, retain: true } as const;

test("a will is taken once its client is gone, and not while it is connected", () => {
  const { connection, publish, taken } = openHooks();
  expect(publish({ conn: connection, closed: false }, { ...will })[0]).toMatchObject({ code: "BROKER_REFUSED" });
  expect(taken).toEqual([]);
  expect(publish({ conn: connection, closed: true }, { ...will })).toEqual([null]);
  expect(taken).toEqual(["state"]);
});

test("a packet of nobody is refused", () => {
  const { publish, taken } = openHooks();
  expect(publish(null, { cmd: "publish", ...will })[0]).toMatchObject({ code: "BROKER_REFUSED" });
  expect(taken).toEqual([]);
});

test("a throw is answered before the hook returns, once, with a refusal", () => {
  const { connection, publish, refusals } = openHooks(() => {
    throw new TypeError("a bug");
  });
  const answers = publish({ conn: connection, closed: false }, { cmd: "publish", ...will });
  expect(answers).toMatchObject([{ code: "BROKER_REFUSED" }]);
  expect(refusals).toEqual(["hook-threw"]);
});
