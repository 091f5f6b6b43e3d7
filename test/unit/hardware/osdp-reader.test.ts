// The control panel of an OSDP reader: keys, refusals, repeats, BUSY, silence, lamp and buzzer.
import { describe, expect, test } from "vitest";
import { rawOf } from "../../../hardware/codecs/osdp-messages.ts";
import { encodeOsdp, type OsdpSequence } from "../../../hardware/codecs/osdp-packet.ts";
import { OSDP_DEFAULT_KEY } from "../../../hardware/codecs/osdp-session.ts";
import { wiegandOf } from "../../../hardware/codecs/wiegand.ts";
import { createOsdpReader, OSDP_SECURE_AGAIN } from "../../../hardware/drivers/osdp-reader.ts";
import { milliseconds } from "../../../protocol/base/time.ts";
import { OsdpPeripheral } from "../../../simulator/wire/osdp-peripheral.ts";
import { ReaderDiary } from "../../contract/badge-reader-contract.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { WiredLink } from "./wired-link.ts";

const OURS = Uint8Array.from({ length: 16 }, (_, at) => 255 - at);
const OTHER = Uint8Array.from({ length: 16 }, (_, at) => at + 1);
const CARD = wiegandOf([0, 0x86, 0xf4, 0x44]);
const draw = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, at) => at * 31);

interface Setting {
  /** The panel's key and the reader's; null: in clear, and the factory's. */
  readonly panel: Uint8Array | null;
  readonly reader: Uint8Array | null;
  readonly commissioning?: boolean;
}

async function setUp({ panel, reader: own, commissioning = false }: Setting) {
  const clock = new VirtualClock();
  const link = new WiredLink();
  const peripheral = new OsdpPeripheral({ address: 1, key: own, say: (bytes) => link.say(bytes) });
  link.hear = (bytes) => peripheral.hear(bytes);
  const keys = panel === null ? null : { key: panel, commissioning, draw };
  const reader = createOsdpReader({ link, clock, address: 1, keys });
  const diary = new ReaderDiary();
  link.plug();
  await reader.open(diary);
  const pass = (ms: number): void => clock.advance(milliseconds(ms));
  const tap = (): void => peripheral.lay(CARD, clock.mono());
  return { clock, link, peripheral, reader, diary, pass, tap };
}

const faultOf = (diary: ReaderDiary): string | null => {
  const health = diary.health.at(-1);
  return health?.state === "fault" ? health.fault : null;
};

describe("keys", () => {
  test("the factory's key is refused outside of commissioning, and so is one that is too short", async () => {
    const link = new WiredLink();
    const make = (key: Uint8Array) => () =>
      createOsdpReader({ link, clock: new VirtualClock(), address: 1, keys: { key, commissioning: false, draw } });
    expect(make(OSDP_DEFAULT_KEY)).toThrow(expect.objectContaining({ code: "OSDP_DEFAULT_KEY" }));
    expect(make(new Uint8Array(15))).toThrow(expect.objectContaining({ code: "OSDP_KEY_LENGTH" }));
  });

  test("a reader with another key, or with the factory's, is a fault and reads nothing", async () => {
    for (const reader of [OTHER, null]) {
      const { diary, pass, tap } = await setUp({ panel: OURS, reader });
      tap();
      pass(30_000);
      expect(["wrong-key", "insecure"]).toContain(faultOf(diary));
      expect(diary.badges).toEqual([]);
    }
  });

  test("commissioning gives a new reader our key, and then reads under it", async () => {
    const { diary, pass, tap, peripheral } = await setUp({ panel: OURS, reader: null, commissioning: true });
    pass(5000);
    expect(faultOf(diary)).toBeNull();
    // Under ours: what is read under the factory's key, anybody on the wire can read.
    expect([peripheral.isSecure, peripheral.isFactorySession]).toEqual([true, false]);
    tap();
    pass(200);
    expect(diary.badges).toEqual(["0086F444"]);
    const again = await setUp({ panel: OURS, reader: OURS });
    again.tap();
    again.pass(500);
    expect(again.diary.badges).toEqual(["0086F444"]);
  });
});

test("a reader that refuses our key stays a fault, and is asked again without hurry", async () => {
  const { diary, pass, peripheral, tap } = await setUp({ panel: OURS, reader: null, commissioning: true });
  peripheral.refuses.set(0x75, 9);
  pass(1000);
  const begun = peripheral.challenges;
  tap();
  pass(20_000);
  expect(diary.health.every(({ state }) => state === "fault")).toBe(true);
  expect(diary.badges).toEqual([]);
  expect(peripheral.challenges - begun).toBeLessThanOrEqual(20_000 / OSDP_SECURE_AGAIN);
  peripheral.refuses.clear();
  pass(5000);
  expect(faultOf(diary)).toBeNull();
  tap(); // The one before was told in clear, and so to nobody.
  pass(200);
  expect(diary.badges).toEqual(["0086F444"]);
});

describe.each([
  ["in clear", null],
  ["under the secure channel", OURS],
])("%s", (_, key) => {
  test("a lost answer is asked for again in the same words, and no card is lost or doubled", async () => {
    const { diary, pass, tap, peripheral } = await setUp({ panel: key, reader: key });
    pass(1000);
    tap();
    peripheral.mute = 3;
    const before = peripheral.commands;
    pass(620);
    expect(peripheral.commands - before).toBe(1);
    pass(500);
    expect(diary.badges).toEqual(["0086F444"]);
  });

  test("BUSY is waited out", async () => {
    const { diary, pass, tap, peripheral } = await setUp({ panel: key, reader: key });
    pass(1000);
    tap();
    peripheral.busy = 4;
    pass(2000);
    expect(diary.badges).toEqual(["0086F444"]);
    expect(diary.health).toHaveLength(1);
  });

  test("a reader that forgot everything is greeted anew and well within 8 s", async () => {
    const { diary, pass, tap, peripheral } = await setUp({ panel: key, reader: key });
    pass(1000);
    peripheral.reset();
    pass(2000);
    tap();
    pass(500);
    expect(diary.badges).toEqual(["0086F444"]);
  });

  test("one that is silent for 8 s is a fault, and well when it answers", async () => {
    const { diary, pass, peripheral } = await setUp({ panel: key, reader: key });
    pass(1000);
    peripheral.deaf = 100;
    pass(7500);
    expect(faultOf(diary)).toBeNull();
    pass(1000);
    expect(faultOf(diary)).toBe("silent");
    peripheral.deaf = 0;
    pass(1000);
    expect(faultOf(diary)).toBeNull();
  });

  test("a damaged answer is counted and asked for again", async () => {
    const { diary, link, peripheral, pass, tap } = await setUp({ panel: key, reader: key });
    pass(1000);
    tap();
    let damages = 2;
    link.hear = (bytes) => peripheral.hear(damages-- > 0 ? bytes.with(5, (bytes[5] ?? 0) ^ 1) : bytes);
    pass(1500);
    expect(diary.badges).toEqual(["0086F444"]);
  });

  // 3: it has no lamp; 9: it cannot do so now. In the channel the refusal itself is enciphered, as readers do it.
  test.each([3, 9])("a refused lamp, for reason %i, costs neither the channel nor a card", async (reason) => {
    const { reader, diary, pass, tap, peripheral } = await setUp({ panel: key, reader: key });
    pass(1000);
    peripheral.refuses.set(0x69, reason).set(0x6a, reason);
    const begun = peripheral.challenges;
    for (let card = 0; card < 20; card += 1) {
      pass(1000);
      tap();
      pass(200);
      reader.answer?.("accepted");
    }
    pass(1000);
    expect(diary.badges).toHaveLength(20);
    expect(diary.health).toHaveLength(1);
    expect(peripheral.challenges).toBe(begun);
    expect(peripheral.lamps).toEqual([]);
  });

  test("accepted is green and one sound, refused red and three, and once for a card", async () => {
    const { reader, pass, tap, peripheral } = await setUp({ panel: key, reader: key });
    pass(1000);
    reader.answer?.("accepted");
    pass(500);
    expect(peripheral.lamps).toEqual([]);
    for (const verdict of ["accepted", "refused"] as const) {
      tap();
      pass(200);
      reader.answer?.(verdict);
      pass(300);
      reader.answer?.(verdict); // About something else: a key pressed right after the card.
      pass(1000);
    }
    expect([peripheral.lamps, peripheral.sounds]).toEqual([
      [2, 1],
      [1, 3],
    ]);
  });
});

test("an answer with a wrong MAC is no answer: the channel is built anew", async () => {
  const { diary, link, pass, peripheral, tap } = await setUp({ panel: OURS, reader: OURS });
  pass(1000);
  let forged = 0;
  // Somebody on the wire answers first, with a card, a good CRC and without the keys.
  link.hear = (bytes) => {
    if (forged > 0) return peripheral.hear(bytes);
    forged += 1;
    const sequence = ((bytes[4] ?? 0) & 3) as OsdpSequence;
    const security = { type: 0x16, bytes: [] };
    const mac = Uint8Array.of(1, 2, 3, 4);
    const head = { address: 1, reply: true, sequence, check: "crc", security, mac } as const;
    link.say(encodeOsdp({ ...head, code: 0x50, data: rawOf(CARD) }));
  };
  pass(500);
  expect([diary.badges, diary.badFrames]).toEqual([[], ["checksum"]]);
  tap();
  pass(1000);
  expect(diary.badges).toEqual(["0086F444"]);
});

test("in clear, a card in an answer that nobody asked for is not read", async () => {
  const { diary, link, pass } = await setUp({ panel: null, reader: null });
  pass(1010);
  link.say(Uint8Array.from(Buffer.from("538010000450 00011a008b88eb80f801".replaceAll(" ", ""), "hex")));
  pass(500);
  expect(diary.badges).toEqual([]);
});
