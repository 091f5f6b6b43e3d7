// Bytes on a real serial line become presentations: however they are split, between noise, damaged, repeated.
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodeRdm6300 } from "../../../hardware/codecs/rdm6300.ts";
import { createRdm6300Reader } from "../../../hardware/drivers/rdm6300-reader.ts";
import { createSerialLink } from "../../../hardware/links/serial-link.ts";
import { type BadgeReader, canonicalBadge } from "../../../hardware/ports/badge-reader.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { milliseconds } from "../../../protocol/base/time.ts";
import { ReaderDiary } from "../../contract/badge-reader-contract.ts";
import { LinkDiary } from "../../contract/byte-link-contract.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { PtyDevice } from "./pty-device.ts";
import { scratchPath } from "./scratch-path.ts";
import { Witness } from "./witness.ts";

const ALICE = canonicalBadge("0086F444");
const BOB = canonicalBadge("00C0FFEE");

const witness = new Witness();
let clock = new VirtualClock();
let arrived = 0;
let path = "";
let clear = async (): Promise<void> => {};
let device: PtyDevice;
let diary = new ReaderDiary();
let reader: BadgeReader;

beforeEach(async () => {
  ({ path, clear } = await scratchPath("reader"));
  device = await PtyDevice.plug(path);
  [clock, diary, arrived] = [new VirtualClock(), new ReaderDiary(), 0];
  const link = createSerialLink({ path, baudRate: 9600, clock: systemClock });
  const open: typeof link.open = (listener) =>
    link.open({
      onUp: () => (listener.onUp(), witness.poke()),
      onDown: (fault) => listener.onDown(fault),
      onBytes: (chunk) => {
        listener.onBytes(chunk);
        arrived += chunk.length;
        witness.poke();
      },
    });
  reader = createRdm6300Reader({ clock, link: { name: link.name, open, write: () => {}, close: () => link.close() } });
  await reader.open(diary);
  await witness.until("the line is up", () => diary.isOk);
});

afterEach(async () => {
  await reader.close();
  await device.unplug();
  await clear();
});

/** Says it, and waits until every byte has come through: what follows is another chunk. */
async function say(bytes: Uint8Array): Promise<void> {
  const due = arrived + bytes.length;
  device.say(bytes);
  await witness.until(`${bytes.length} bytes came through`, () => arrived === due);
}

test("a frame split at every place, with a pause between its parts", async () => {
  const frame = encodeRdm6300(ALICE, { crLf: true });
  for (let cut = 1; cut < frame.length; cut += 1) {
    await say(frame.subarray(0, cut));
    clock.advance(milliseconds(100));
    await say(frame.subarray(cut));
    clock.advance(milliseconds(300));
  }
  expect(diary.badges).toEqual(Array.from({ length: frame.length - 1 }, () => ALICE));
  expect(diary.badFrames).toEqual([]);
});

test("a frame that comes byte by byte", async () => {
  for (const byte of encodeRdm6300(ALICE)) await say(Uint8Array.of(byte));
  expect(diary.badges).toEqual([ALICE]);
});

test("noise of every byte value, wrong sums and broken frames between good ones", async () => {
  const noise = Uint8Array.from({ length: 256 }, (_, value) => value).filter((byte) => byte !== 2);
  const wrongSum = encodeRdm6300(BOB).with(4, 0x46);
  await say(noise);
  await say(encodeRdm6300(ALICE));
  await say(wrongSum);
  await say(encodeRdm6300(BOB).subarray(0, 8));
  await say(encodeRdm6300(BOB));
  expect(diary.badges).toEqual([ALICE, BOB]);
  expect(diary.badFrames).toEqual(["noise", "checksum", "framing"]);
});

test("a card that rests for a minute, and taps again", async () => {
  for (let passed = 0; passed < 60_000; passed += 50) {
    device.say(encodeRdm6300(ALICE));
    await witness.until("a frame came through", () => arrived === (passed / 50 + 1) * 14);
    clock.advance(milliseconds(50));
  }
  clock.advance(milliseconds(300));
  await say(encodeRdm6300(ALICE));
  expect(diary.badges).toEqual([ALICE, ALICE]);
});

test("a burst of 500 cards loses none", async () => {
  const cards = Array.from({ length: 500 }, (_, index) => canonicalBadge((index + 1).toString().padStart(8, "0")));
  await say(Buffer.concat(cards.map((card) => encodeRdm6300(card))));
  expect(diary.badges).toEqual(cards);
  expect(diary.badFrames).toEqual([]);
});

// Two processes that each take half of a badge's bytes would lose it.
test("a line that is held already is busy", async () => {
  const second = createSerialLink({ path, baudRate: 9600, clock: systemClock });
  const entries = new LinkDiary(witness.poke);
  await second.open(entries);
  await witness.until("refused", () => entries.entries.length > 0);
  expect(entries.entries).toEqual(["down busy"]);
  await second.close();
  await say(encodeRdm6300(ALICE));
  expect(diary.badges).toEqual([ALICE]);
});
