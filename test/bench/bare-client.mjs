// A process with Node and an MQTT client, and nothing else: what a terminal's memory and start are held against. Plain
// JavaScript, so that not even the stripping of types is in it.
import { readFileSync } from "node:fs";
import mqtt from "mqtt";

const [, , port = "", clientId = "", key = "", certificate = "", authority = "", topic = ""] = process.argv;
const client = await mqtt.connectAsync({
  protocol: "mqtts",
  host: "127.0.0.1",
  port: Number(port),
  clientId,
  key: readFileSync(key),
  cert: readFileSync(certificate),
  ca: readFileSync(authority),
  reconnectPeriod: 0,
  keepalive: 8,
});
await client.subscribeAsync(topic, { qos: 1 });
process.send?.({ type: "ready" });
