import type { TLSSocket } from "node:tls";
import { KEEPALIVE_SECONDS } from "../../../protocol/index.ts";
import { packet, text } from "../broker/mqtt-bytes.ts";
import { type BesiegedHall, closing, type Credentials, tlsSocket } from "./besieged-hall.ts";

export interface HostileConnect {
  readonly clientId?: string;
  readonly version?: number;
  readonly keepalive?: number;
  readonly will?: { readonly topic: string; readonly body: string | Buffer };
  /** Bytes between the variable header and the payload: the properties of MQTT 5. */
  readonly properties?: Buffer;
}

/** A CONNECT of this terminal, with whatever is wrong about it. A will has QoS 1 and is retained. */
export function hostileConnect({ terminal }: Credentials, change: HostileConnect = {}): Buffer {
  const { clientId = terminal, version = 4, keepalive = KEEPALIVE_SECONDS, will, properties } = change;
  const flags = 2 | (will === undefined ? 0 : 0x2c);
  const head = Buffer.from([version, flags, keepalive >> 8, keepalive & 0xff]);
  const last = will === undefined ? [] : [text(will.topic), text(will.body)];
  return packet(0x10, text("MQTT"), head, properties ?? Buffer.alloc(0), text(clientId), ...last);
}

/** A socket on which a proper CONNECT was accepted. */
export async function admitted(hall: BesiegedHall, enemy: Credentials, change?: HostileConnect): Promise<TLSSocket> {
  const socket = await tlsSocket(hall.port, enemy);
  const answered = new Promise((resolve) => socket.once("data", resolve));
  socket.write(hostileConnect(enemy, change));
  await answered;
  return socket;
}

/** Sends `bytes` on a fresh socket, after a proper CONNECT unless told otherwise, and waits until it is cut off. */
export async function cutOffAfter(
  hall: BesiegedHall,
  enemy: Credentials,
  bytes: Buffer,
  { greeted = true } = {},
): Promise<void> {
  const socket = greeted ? await admitted(hall, enemy) : await tlsSocket(hall.port, enemy);
  socket.write(bytes);
  await closing(socket);
}

export const publish = (topic: string | Buffer, body: string | Buffer, first = 0x32): Buffer =>
  packet(first, text(topic), Buffer.from(first & 0x06 ? [0, 1] : []), Buffer.from(body));

export const subscribe = (filters: readonly string[]): Buffer =>
  packet(0x82, Buffer.from([0, 1]), ...filters.flatMap((filter) => [text(filter), Buffer.from([1])]));

export const unsubscribe = (filters: readonly string[]): Buffer =>
  packet(0xa2, Buffer.from([0, 1]), ...filters.map((filter) => text(filter)));

/** PUBACK, PUBREC, PUBREL or PUBCOMP for a message id. */
export const acknowledgement = (first: number, messageId: number): Buffer =>
  Buffer.from([first, 2, messageId >> 8, messageId & 0xff]);

export const PONG = Buffer.from([0xd0, 0]);

/** Resolves when a chunk comes in that has `bytes` in it. */
export const answered = (socket: TLSSocket, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    const look = (chunk: Buffer): void => {
      if (!chunk.includes(bytes)) return;
      socket.off("data", look);
      resolve();
    };
    socket.on("data", look);
  });
