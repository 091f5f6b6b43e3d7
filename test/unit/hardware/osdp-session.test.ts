// The mathematics of OSDP's secure channel, written down a second time from the standard's formulae: AES one block at a
// time, and sums by hand. The driver's must say the same for any keys, any random numbers, any conversation.
import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  encodeOsdp,
  decodeOsdp,
  OSDP_START,
  type OsdpPacket,
  type OsdpSequence,
} from "../../../hardware/codecs/osdp-packet.ts";
import { osdpSessionKeys } from "../../../hardware/codecs/osdp-session.ts";
import { OsdpSecurity } from "../../../hardware/drivers/osdp-security.ts";

type Block = readonly number[];

function aes(key: Block, block: Block): Block {
  const cipher = createCipheriv("aes-128-ecb", Buffer.from(key), null).setAutoPadding(false);
  return [...cipher.update(Buffer.from(block)), ...cipher.final()];
}
const plus = (a: Block, b: Block): Block => a.map((byte, at) => byte ^ (b[at] ?? 0));
const not = (a: Block): Block =>
  plus(
    a,
    Array.from({ length: 16 }, () => 0xff),
  );
const blocksOf = (bytes: Block): readonly Block[] =>
  bytes.length === 0 ? [] : [bytes.slice(0, 16), ...blocksOf(bytes.slice(16))];
const upTo16 = (bytes: Block): Block => [...bytes, ...Array.from({ length: (16 - (bytes.length % 16)) % 16 }, () => 0)];

const keysOf = (scbk: Block, rndA: Block) => {
  const key = (second: number): Block => aes(scbk, upTo16([0x01, second, ...rndA.slice(0, 6)]));
  return { enc: key(0x82), mac1: key(0x01), mac2: key(0x02) };
};

/** MAC(m, icv): CBC under S-MAC1, the last block under S-MAC2; 80 00... only where the last block is not whole. */
function macBy({ mac1, mac2 }: ReturnType<typeof keysOf>, icv: Block, message: Block): Block {
  const blocks = blocksOf(message.length % 16 === 0 ? message : upTo16([...message, 0x80]));
  return blocks.reduce((chain, block, at) => aes(at === blocks.length - 1 ? mac2 : mac1, plus(block, chain)), icv);
}

const encipher = (enc: Block, icv: Block, plain: Block): Block =>
  blocksOf(upTo16([...plain, 0x80])).reduce<{ readonly chain: Block; readonly all: Block }>(
    ({ chain, all }, block) => {
      const next = aes(enc, plus(block, chain));
      return { chain: next, all: [...all, ...next] };
    },
    { chain: not(icv), all: [] },
  ).all;

/** The CRC by long division, bit by bit; 1D0F is what FFFF becomes over two zero bytes. */
function crc(bytes: Block): Block {
  let register = 0x1d0f;
  for (const bit of bytes.flatMap((byte) => Array.from({ length: 8 }, (_, at) => (byte >> (7 - at)) & 1))) {
    const top = ((register >> 15) & 1) ^ bit;
    register = ((register << 1) & 0xffff) ^ (top * 0x1021);
  }
  return [register & 0xff, register >> 8];
}

const hex = (bytes: Iterable<number>): string => Buffer.from([...bytes]).toString("hex");
const FACTORY = Array.from({ length: 16 }, (_, at) => 0x30 + at);

test("session keys of the factory's key and B0 to B7 are those that are published", () => {
  const panelRandom = Uint8Array.from([0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7]);
  const { enc, mac1 } = osdpSessionKeys(Uint8Array.from(FACTORY), panelRandom);
  expect([hex(enc), hex(mac1)]).toEqual(["bf8dc2a8329acb8c67c6d0cd9a451682", "5e86c676603bdee2d8beafe178637332"]);
});

const anyByte = fc.integer({ min: 0, max: 255 });
const bytesOf = (length: number) => fc.array(anyByte, { minLength: length, maxLength: length });
// Up to three blocks, with every length at which one is full.
const content = fc.oneof(fc.constant([]), fc.array(anyByte, { maxLength: 50 }), bytesOf(15), bytesOf(16), bytesOf(31));
const exchange = fc.record({ command: content, reply: content, code: anyByte, answer: anyByte });

test("handshake and a conversation of any length are as the formulae say", () => {
  fc.assert(
    fc.property(bytesOf(16), bytesOf(8), bytesOf(8), fc.array(exchange, { maxLength: 8 }), (scbk, rndA, rndB, talk) => {
      const panel = shaken(scbk, rndA, rndB);
      const keys = keysOf(scbk, rndA);
      let rMac = aes(keys.mac2, aes(keys.mac1, aes(keys.enc, [...rndB, ...rndA])));
      for (const [at, { command, reply, code, answer }] of talk.entries()) {
        const sequence = ((at % 3) + 1) as OsdpSequence;
        const sent = [
          ...panel.seal({ address: 5, reply: false, sequence, check: "crc", code, data: Uint8Array.from(command) }),
        ];
        const data = command.length === 0 ? [] : encipher(keys.enc, rMac, command);
        const body = headed(5, sequence, command.length === 0 ? 0x15 : 0x17, [code, ...data]);
        const cMac = macBy(keys, rMac, body);
        const whole = [...body, ...cMac.slice(0, 4)];
        expect(hex(sent)).toBe(hex([...whole, ...crc(whole)]));

        const back = reply.length === 0 ? [] : encipher(keys.enc, cMac, reply);
        const answered = headed(0x85, sequence, reply.length === 0 ? 0x16 : 0x18, [answer, ...back]);
        rMac = macBy(keys, cMac, answered);
        const signed = [...answered, ...rMac.slice(0, 4)];
        const { packet, signed: heard } = packetIn([...signed, ...crc(signed)]);
        expect(panel.unseal(packet, heard)).toEqual(Uint8Array.from(reply));
      }
    }),
  );
});

test("one changed bit of an answer is noticed, wherever it is, and the same answer again", () => {
  fc.assert(
    fc.property(bytesOf(16), bytesOf(8), content, fc.nat(), (scbk, rnd, reply, position) => {
      const keys = keysOf(scbk, rnd);
      const rMac = aes(keys.mac2, aes(keys.mac1, aes(keys.enc, [...rnd, ...rnd])));
      const poll = { address: 5, reply: false, sequence: 1, check: "crc", code: 0x60, data: new Uint8Array() } as const;
      const answer = (panel: OsdpSecurity) => {
        panel.seal(poll);
        const cMac = macBy(keys, rMac, headed(5, 1, 0x15, [0x60]));
        const back = reply.length === 0 ? [] : encipher(keys.enc, cMac, reply);
        const body = headed(0x85, 1, reply.length === 0 ? 0x16 : 0x18, [0x50, ...back]);
        return [...body, ...macBy(keys, cMac, body).slice(0, 4)];
      };
      const panel = shaken(scbk, rnd, rnd);
      const whole = answer(panel);
      const good = packetIn([...whole, ...crc(whole)]);
      expect(panel.unseal(good.packet, good.signed)).not.toBeNull();
      panel.seal(poll);
      expect(panel.unseal(good.packet, good.signed)).toBeNull();

      const other = shaken(scbk, rnd, rnd);
      const changed = answer(other);
      // Behind the head and the block, which the packet's own rules hold.
      const bit = position % ((changed.length - 8) * 8);
      const at = 8 + Math.floor(bit / 8);
      changed[at] = (changed[at] ?? 0) ^ (1 << (bit % 8));
      const bad = packetIn([...changed, ...crc(changed)]);
      expect(other.unseal(bad.packet, bad.signed)).toBeNull();
    }),
  );
});

test("a reader that proves itself with anything else is not believed", () => {
  fc.assert(
    fc.property(bytesOf(16), bytesOf(8), bytesOf(8), fc.nat({ max: 127 }), (scbk, rndA, rndB, bit) => {
      const proof = [...aes(keysOf(scbk, rndA).enc, [...rndA, ...rndB])];
      proof[bit >> 3] = (proof[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const panel = asked(scbk, rndA);
      expect(panel.takeClient(answerOf(0x12, 1, [...Array.from({ length: 8 }, () => 7), ...rndB, ...proof]))).toBe(
        "wrong-key",
      );
    }),
  );
});

const asked = (scbk: Block, rndA: Block): OsdpSecurity => {
  const panel = new OsdpSecurity(
    { key: Uint8Array.from(scbk), commissioning: false, draw: () => Uint8Array.from(rndA) },
    false,
  );
  expect(panel.challenge()).toEqual({ security: { type: 0x11, bytes: [1] }, data: Uint8Array.from(rndA) });
  return panel;
};

/** The panel after SCS_11 to SCS_14, each step held to its formula. */
function shaken(scbk: Block, rndA: Block, rndB: Block): OsdpSecurity {
  const panel = asked(scbk, rndA);
  const keys = keysOf(scbk, rndA);
  const uid = Array.from({ length: 8 }, (_, at) => at);
  expect(panel.takeClient(answerOf(0x12, 1, [...uid, ...rndB, ...aes(keys.enc, [...rndA, ...rndB])]))).toBeNull();
  const server = aes(keys.enc, [...rndB, ...rndA]);
  expect(panel.proof()).toEqual({ security: { type: 0x13, bytes: [1] }, data: Uint8Array.from(server) });
  expect(panel.takeInitialMac(answerOf(0x14, 1, aes(keys.mac2, aes(keys.mac1, server))))).toBeNull();
  return panel;
}

const answerOf = (type: number, flag: number, data: Block): OsdpPacket => {
  const head = { address: 5, reply: true, sequence: 1, check: "crc", code: 0x76, mac: null } as const;
  return { ...head, security: { type, bytes: [flag] }, data: Uint8Array.from(data) };
};

/** 53, address, length, control, block, the rest; MAC and CRC, which come behind it, are counted already. */
function headed(address: number, sequence: number, type: number, rest: Block): Block {
  const length = 5 + 2 + rest.length + 4 + 2;
  return [0x53, address, length & 0xff, length >> 8, sequence | 4 | 8, 2, type, ...rest];
}

function packetIn(bytes: Block) {
  const [, [word]] = decodeOsdp(OSDP_START, Uint8Array.from(bytes));
  if (word?.kind !== "packet") throw new TypeError(`no packet: ${hex(bytes)}`);
  expect(hex(encodeOsdp(word.packet))).toBe(hex(bytes));
  return word;
}
