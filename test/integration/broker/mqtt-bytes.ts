import { KEEPALIVE_SECONDS, type TerminalId } from "../../../protocol/index.ts";

// MQTT 3.1.1 packets by hand, for what a well-behaved client library would not send.

export const text = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

/** "Remaining length" as up to four bytes of seven bits. */
export function remainingLength(length: number): Buffer {
  const bytes: number[] = [];
  let rest = length;
  do {
    bytes.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

export const packet = (first: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([first]), remainingLength(body.length), body]);
};

export const connectBytes = (terminal: TerminalId): Buffer =>
  packet(0x10, text("MQTT"), Buffer.from([4, 2, 0, KEEPALIVE_SECONDS]), text(terminal));

export const publishBytes = (topic: string, body: string | Buffer, messageId = 1): Buffer =>
  packet(0x32, text(topic), Buffer.from([messageId >> 8, messageId & 0xff]), Buffer.from(body));

export const subscribeBytes = (topic: string): Buffer =>
  packet(0x82, Buffer.from([0, 1]), text(topic), Buffer.from([1]));

export const PING = Buffer.from([0xc0, 0]);
