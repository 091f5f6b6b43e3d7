// The PN532's driver: woken, set up, one command at a time, and over again when an answer does not come.
import { expect, test } from "vitest";
import { targetOf } from "../../../hardware/codecs/pn532-commands.ts";
import { encodePn532 } from "../../../hardware/codecs/pn532-frame.ts";
import { createPn532Reader } from "../../../hardware/drivers/pn532-reader.ts";
import { milliseconds } from "../../../protocol/base/time.ts";
import { Pn532Chip } from "../../../simulator/wire/pn532-chip.ts";
import { ReaderDiary } from "../../contract/badge-reader-contract.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { WiredLink } from "./wired-link.ts";

async function setUp() {
  const clock = new VirtualClock();
  const link = new WiredLink();
  const chip = new Pn532Chip((bytes) => link.say(bytes));
  link.hear = (bytes) => chip.hear(bytes);
  const reader = createPn532Reader({ link, clock });
  const diary = new ReaderDiary();
  link.plug();
  await reader.open(diary);
  return { chip, diary, link, reader, pass: (ms: number) => clock.advance(milliseconds(ms)) };
}

test("a card of seven bytes is read whole", async () => {
  const { chip, diary, pass } = await setUp();
  chip.card = [4, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66];
  pass(1000);
  expect(diary.badges).toEqual(["04112233445566"]);
});

test("a random identifier, a telephone's, is nobody's", async () => {
  const { chip, diary, pass } = await setUp();
  chip.card = [8, 1, 2, 3];
  pass(1000);
  expect([diary.badges, diary.badFrames]).toEqual([[], []]);
});

test("a chip that lost its power is woken and set up again", async () => {
  const { chip, diary, pass } = await setUp();
  pass(500);
  chip.reset();
  pass(1000);
  chip.card = [1, 2, 3, 4];
  pass(200);
  expect(diary.badges).toEqual(["01020304"]);
  expect(diary.health).toEqual([{ state: "ok" }]);
});

test("an error frame costs one look", async () => {
  const { chip, diary, pass } = await setUp();
  pass(500);
  chip.errs = 1;
  chip.card = [1, 2, 3, 4];
  pass(500);
  expect(diary.badges).toEqual(["01020304"]);
});

test("a chip that answers nothing is silent, and well when it answers", async () => {
  const { chip, diary, pass } = await setUp();
  pass(500);
  chip.deaf = 8;
  pass(1500);
  expect(diary.health.at(-1)).toEqual({ state: "fault", fault: "silent" });
  pass(10_000);
  expect(diary.health.at(-1)).toEqual({ state: "ok" });
});

test("an answer that was not acknowledged first is not taken for the command's own", async () => {
  const { chip, diary, link, pass } = await setUp();
  pass(500);
  chip.deaf = 1;
  pass(61);
  link.say(encodePn532("reply", 0x4b, targetOf([1, 2, 3, 4])));
  expect(diary.badges).toEqual([]);
});
