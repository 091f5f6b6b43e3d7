import { join } from "node:path";
import Database from "better-sqlite3";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import type { Bench, Measurement } from "../bench.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import { timed } from "../timed.ts";
import type { EchoBrokerOrders } from "../workers/echo-broker-worker.ts";

/** What a terminal's press carries, as far as its size goes. */
const PAYLOAD = "x".repeat(300);
const TOPIC = "echo/t001/up";

/** What this machine can do at all: the other rows are held against these. */
export const raw: Measurement = {
  name: "raw",
  async measure(bench) {
    const count = bench.quick ? 200 : 3_000;
    const { plainPort, securePort, credentials } = await openEchoBroker(bench);
    const plain = await inARow(await echoOver({ protocol: "mqtt", port: plainPort }), count);
    const secure = await inARow(await echoOver({ protocol: "mqtts", port: securePort, ...credentials }), count);
    const commits = await inARow(commitIn(bench), count);
    bench.raw.plainRoundTrip = plain.median;
    bench.raw.tlsRoundTrip = secure.median;
    bench.raw.commit = commits.median;
    return [
      ...rowsOf("MQTT QoS 1, out and back, plain TCP", plain),
      ...rowsOf("MQTT QoS 1, out and back, mutual TLS", secure),
      ...rowsOf("SQLite commit of one row, with fsync", commits),
    ];
  },
};

const rowsOf = (name: string, samples: Samples): Row[] => [
  { name: `${name}, p50`, measured: samples.median, unit: "ms", samples: samples.count },
  { name: `${name}, p99`, measured: samples.p99, unit: "ms", samples: samples.count },
];

async function inARow(step: () => Promise<void> | void, count: number): Promise<Samples> {
  const samples = new Samples();
  for (let n = 0; n < count / 10; n += 1) await step(); // Warms up.
  for (let n = 0; n < count; n += 1) samples.add(await timed(step));
  return samples;
}

const openEchoBroker = (bench: Bench) => bench.worker<EchoBrokerOrders>("echo-broker-worker.ts").ask("open", undefined);

/** The least a press can be: commit, round trip over mutual TLS, commit. One a call of it. */
export async function leastPress(bench: Bench): Promise<() => Promise<void>> {
  const { securePort, credentials } = await openEchoBroker(bench);
  const echo = await echoOver({ protocol: "mqtts", port: securePort, ...credentials });
  const commit = commitIn(bench);
  return async () => {
    commit();
    await echo();
    commit();
  };
}

/** One message to a broker in another process, and back to the same client. */
async function echoOver(where: IClientOptions): Promise<() => Promise<void>> {
  const client = await mqtt.connectAsync({ host: "127.0.0.1", clientId: "bench", reconnectPeriod: 0, ...where });
  const stream = client.stream as MqttClient["stream"] & { setNoDelay?: (on: boolean) => void };
  stream.setNoDelay?.(true); // MQTT.js leaves it off on plain TCP.
  client.on("error", () => {}); // The broker is ended first.
  await client.subscribeAsync(TOPIC, { qos: 1 });
  return () =>
    new Promise((resolve) => {
      client.once("message", () => resolve());
      client.publish(TOPIC, PAYLOAD, { qos: 1 });
    });
}

/** As the product's journal does it: WAL, synchronous=FULL, one row a transaction. */
function commitIn(bench: Bench): () => void {
  const database = new Database(join(bench.directory("raw"), "raw.sqlite"));
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec("CREATE TABLE IF NOT EXISTS input (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
  const insert = database.prepare("INSERT INTO input (body) VALUES (?)");
  return () => void insert.run(PAYLOAD);
}
