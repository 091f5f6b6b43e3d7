import type { MqttClient } from "mqtt";
import { expect, test } from "vitest";
import { clientRights } from "../../../controller/adapters/broker/client-rights.ts";
import { HALL_BRANCHES_DOWN, TERMINAL_BRANCHES_DOWN, topics } from "../../../protocol/index.ts";
import { closed, HALL, heard, T1, T2, t1 } from "../../integration/broker/hall-broker.ts";
import { CONNECT_PROBES, PUBLISH_PROBES, SUBSCRIPTION_PROBES } from "../../integration/broker/probe-matrix.ts";
import { BIRTH, type HallMosquitto, startHallMosquitto } from "./hall-mosquitto.ts";

// The probes that the controller's own broker turns away, against Mosquitto with the generated rules. It does not tell
// an attacker: it drops what he says and passes nothing on to him. What neither it nor the controller sees is listed.

/** Only the broker sees on a live message whether it was to be retained. */
const UNSEEN: readonly string[] = ["its up topic, retained", "its state, not retained"];
/** It takes these in: they harm nobody but themselves, see docs/external-broker.md. */
const TAKEN_IN: readonly string[] = ["persistent-session", "keepalive", "protocol-version"];

const t2 = (branch: Parameters<typeof topics.terminal>[2]): string => topics.terminal(HALL, T2, branch);

const OWN_WORDS = ["before", "after"];
const EXPECTED = [`${t2("command")} fence`, `${topics.hall(HALL, "controller")} ${BIRTH}`];

/** Terminal t2: all that it hears and all that is said in its name, up to a word of the controller. */
async function openVictim(hall: HallMosquitto) {
  const client = await hall.connect(T2);
  const got: string[] = [];
  client.on("message", (topic, payload) => got.push(`${topic} ${payload.toString()}`));
  const wanted = [...TERMINAL_BRANCHES_DOWN.map(t2), ...HALL_BRANCHES_DOWN.map((branch) => topics.hall(HALL, branch))];
  await client.subscribeAsync(wanted, { qos: 1 });
  await client.publishAsync(t2("up"), "before", { qos: 1 });
  await hall.until(() => hall.taken.length === 1);
  const strays = async (): Promise<string[]> => {
    const fence = heard(client, t2("command"));
    hall.broker.publish(t2("command"), "fence", { qos: 1, retain: false });
    await fence;
    await client.publishAsync(t2("up"), "after", { qos: 1 });
    await hall.until(() => hall.taken.some(({ text }) => text === "after"));
    const inItsName = hall.taken.filter(({ terminalId, text }) => terminalId === T2 && !OWN_WORDS.includes(text));
    return [...got.filter((line) => !EXPECTED.includes(line)), ...inItsName.map(({ branch }) => `as t2: ${branch}`)];
  };
  return { client, strays };
}

const ofT1 = (hall: HallMosquitto) => hall.taken.filter(({ terminalId }) => terminalId === T1);

/** Resolves when Mosquitto has dealt with it, one way or the other. */
const said = (client: MqttClient, topic: string, options: { qos: 0 | 1 | 2; retain: boolean }): Promise<unknown> =>
  Promise.race([closed(client), client.publishAsync(topic, "{}", options).catch(() => null)]);

test.each(PUBLISH_PROBES)("publishing on %s reaches nobody", async (what, code, topic, options) => {
  const hall = await startHallMosquitto();
  const victim = await openVictim(hall);
  const client = await hall.connect();
  await client.subscribeAsync([t1("ack"), t1("desired")], { qos: 1 });
  const own: string[] = [];
  client.on("message", (at) => own.push(at));
  await said(client, topic, options);
  expect(await victim.strays()).toEqual([]);
  expect(own).toEqual([]);
  expect(ofT1(hall)).toHaveLength(UNSEEN.includes(what) ? 1 : 0);
  const counted = code === "wrong-delivery" && options.qos === 0;
  expect(hall.refusals).toEqual(counted ? [code] : []);
  expect(victim.client.connected).toBe(true);
});

test("what lies retained where nothing may is refused when the controller comes back to it", async () => {
  const hall = await startHallMosquitto();
  const client = await hall.connect();
  await client.publishAsync(t1("up"), "{}", { qos: 1, retain: true });
  await hall.until(() => ofT1(hall).length === 1);
  hall.broker.renewWill();
  await hall.until(() => hall.refusals.length === 1);
  expect(hall.refusals).toEqual(["wrong-delivery"]);
  expect(ofT1(hall)).toHaveLength(1);
});

test.each(SUBSCRIPTION_PROBES)("whoever subscribes to %s hears nothing but its own", async (filter) => {
  const hall = await startHallMosquitto();
  const client = await hall.connect();
  const rights = clientRights(HALL, T1).subscribe;
  const got: string[] = [];
  client.on("message", (topic) => got.push(topic));
  await client.subscribeAsync([filter, t1("ack")], { qos: 1 }).catch(() => null);
  const other = await hall.connect(T2);
  for (const branch of ["state", "up"] as const)
    await other.publishAsync(t2(branch), "x", { qos: 1, retain: branch === "state" });
  await client.publishAsync(t1("up"), "x", { qos: 1 });
  for (const branch of TERMINAL_BRANCHES_DOWN) hall.broker.publish(t2(branch), "x", { qos: 1, retain: true });
  const fence = heard(client, t1("ack"));
  hall.broker.publish(t1("ack"), "fence", { qos: 0, retain: false });
  await fence;
  expect(got.filter((topic) => !rights.has(topic))).toEqual([]);
});

test.each(CONNECT_PROBES)("a CONNECT with %s takes nothing from others", async (_what, code, options) => {
  const hall = await startHallMosquitto();
  const victim = await openVictim(hall);
  const client = await hall.connect(T1, options).catch(() => null);
  if ("clientId" in options && options.clientId === "") expect(client).toBeNull();
  if (TAKEN_IN.includes(code)) expect(client?.connected).toBe(true);
  client?.stream.destroy();
  const next = await hall.connect(T1); // Takes over from the former: its will has been told by then, if it has one.
  expect(await victim.strays()).toEqual([]);
  const foreign = "will" in options && !options.will.topic.startsWith(t1("state").replace(/state$/u, ""));
  if (foreign) expect(ofT1(hall)).toEqual([]);
  expect([victim.client.connected, next.connected, hall.connects()]).toEqual([true, true, 1]);
});

test("a stolen certificate takes over nobody else: not a terminal, not the controller", async () => {
  const hall = await startHallMosquitto();
  const victim = await hall.connect(T1);
  for (const claim of [T1, "controller.h1", "controller"]) {
    const attacker = await hall.connect(T2, { clientId: claim, username: claim, password: "x" });
    for (const topic of [t1("up"), topics.hall(HALL, "controller"), t1("desired")]) {
      await attacker.publishAsync(topic, "{}", { qos: 1 });
    }
    await attacker.publishAsync(t2("up"), claim, { qos: 1 });
    await hall.until(() => hall.taken.some(({ text }) => text === claim));
  }
  expect(hall.taken.every(({ terminalId }) => terminalId === T2)).toBe(true);
  expect([victim.connected, hall.broker.listening, hall.connects()]).toEqual([true, true, 1]);
});
