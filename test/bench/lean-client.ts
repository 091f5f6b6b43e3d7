import { connect, type TLSSocket } from "node:tls";
import { HallError } from "../../protocol/index.ts";
import type { Credentials } from "./bench-hall.ts";

const KEEPALIVE_SECONDS = 60;

const CONNACK = 2;
const PUBLISH = 3;
const PUBACK = 4;
const SUBACK = 9;

/**
 * MQTT 3.1.1 over mutual TLS with QoS 0 and 1, and nothing else: two hundred of these must cost less than the
 * controller they measure. No keepalive pings: whoever uses it speaks all the time.
 */
export class LeanClient {
  readonly #socket: TLSSocket;
  readonly #onMessage: (topic: string, payload: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);
  #packetId = 0;
  #answered: (() => void) | null = null;
  #closed = false;

  private constructor(socket: TLSSocket, onMessage: (topic: string, payload: Buffer) => void) {
    this.#socket = socket;
    this.#onMessage = onMessage;
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", () => {});
    socket.on("close", () => {
      if (!this.#closed) throw new HallError("BENCH_FAILED", "the broker closed a caller's connection");
    });
  }

  /** Connected and subscribed, QoS 1. */
  static async connect(
    where: { readonly port: number; readonly clientId: string; readonly filters: readonly string[] },
    credentials: Credentials,
    onMessage: (topic: string, payload: Buffer) => void,
  ): Promise<LeanClient> {
    const socket = connect({ host: "127.0.0.1", port: where.port, ...credentials, minVersion: "TLSv1.3" });
    await new Promise<void>((resolve, reject) => {
      socket.once("secureConnect", resolve);
      socket.once("error", reject);
    });
    socket.setNoDelay(true);
    const client = new LeanClient(socket, onMessage);
    await client.#ask(connectPacket(where.clientId));
    await client.#ask(subscribePacket(where.filters));
    return client;
  }

  /** QoS 1, not retained. Nobody waits for the PUBACK: it says nothing about storage. */
  publish(topic: string, text: string, retain = false): void {
    this.#packetId = (this.#packetId % 0xffff) + 1;
    const payload = Buffer.from(text);
    const head = Buffer.concat([string(topic), uint16(this.#packetId)]);
    this.#socket.write(packet((PUBLISH << 4) | 2 | (retain ? 1 : 0), [head, payload]));
  }

  close(): void {
    this.#closed = true;
    this.#socket.end(Buffer.from([0xe0, 0]));
  }

  #ask(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#socket.write(bytes);
    });
  }

  #take(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const found = framed(bytes);
      if (found === null) break;
      this.#packet(bytes[0] ?? 0, bytes.subarray(found.from, found.to));
      bytes = bytes.subarray(found.to);
    }
    this.#rest = bytes;
  }

  #packet(first: number, body: Buffer): void {
    const type = first >> 4;
    if (type === CONNACK || type === SUBACK) {
      if (type === CONNACK && body[1] !== 0) throw new HallError("BENCH_FAILED", `CONNACK ${body[1]}`);
      if (type === SUBACK && body.includes(128, 2)) throw new HallError("BENCH_FAILED", "a subscription was refused");
      return this.#answered?.();
    }
    if (type !== PUBLISH) return;
    const end = 2 + body.readUInt16BE(0);
    const topic = body.toString("utf8", 2, end);
    const qos = (first >> 1) & 3;
    if (qos > 0) this.#socket.write(packet(PUBACK << 4, [body.subarray(end, end + 2)]));
    this.#onMessage(topic, body.subarray(qos > 0 ? end + 2 : end));
  }
}

/** Where the body of the first packet in `bytes` is; null when it is not whole yet. */
function framed(bytes: Buffer): { from: number; to: number } | null {
  let length = 0;
  for (let at = 1; at < Math.min(bytes.length, 5); at += 1) {
    const byte = bytes[at] ?? 0;
    length += (byte & 0x7f) << (7 * (at - 1));
    if ((byte & 0x80) === 0) return bytes.length >= at + 1 + length ? { from: at + 1, to: at + 1 + length } : null;
  }
  return null;
}

function connectPacket(clientId: string): Buffer {
  const head = Buffer.concat([string("MQTT"), Buffer.from([4, 2]), uint16(KEEPALIVE_SECONDS)]);
  return packet(0x10, [head, string(clientId)]);
}

const subscribePacket = (filters: readonly string[]): Buffer =>
  packet(0x82, [uint16(1), ...filters.flatMap((filter) => [string(filter), Buffer.from([1])])]);

function packet(first: number, parts: readonly Buffer[]): Buffer {
  let length = parts.reduce((sum, part) => sum + part.length, 0);
  const header = [first];
  do {
    const more = length > 0x7f;
    header.push((length & 0x7f) | (more ? 0x80 : 0));
    length >>= 7;
  } while (length > 0);
  return Buffer.concat([Buffer.from(header), ...parts]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([uint16(bytes.length), bytes]);
}
