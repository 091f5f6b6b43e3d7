// What the doctor shows live: presses, keys and taps of the devices, a badge only as the head of its digest; and what
// it paints on a sign.
import { expect, test } from "vitest";
import {
  canonicalBadge,
  createAbsentBadgeReader,
  createAbsentNameplate,
  createAbsentRatingKeypad,
} from "../../../../hardware/index.ts";
import { milliseconds } from "../../../../protocol/index.ts";
import { virtualCounter } from "../../../../simulator/devices/virtual-counter.ts";
import { createBadgeDigest } from "../../../../terminal/index.ts";
import { ANSWER_WITHIN, probeDevices } from "../../../../terminal/doctor/probe-devices.ts";
import { paintTestFaces, TEST_FACE_FOR, TEST_FACES } from "../../../../terminal/doctor/test-faces.ts";
import { type Seen, watchDevices } from "../../../../terminal/doctor/watch-devices.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const BADGE = canonicalBadge("0086F444");

test("each press, tap, key and fault is told as it happens, and nothing after the close", async () => {
  const clock = new VirtualClock();
  const counter = virtualCounter(clock);
  const seen: Seen[] = [];
  const digest = createBadgeDigest(new Uint8Array(32));
  const watching = await watchDevices(counter, digest, (one) => void seen.push(one));
  counter.buttons.press("call", milliseconds(100));
  clock.advance(milliseconds(200));
  counter.badgeReader.tap(BADGE);
  counter.badgeReader.garble("checksum");
  counter.ratingKeypad.rate(5);
  clock.advance(milliseconds(200));
  counter.badgeReader.ail({ state: "fault", fault: "unplugged" });
  const masked = `${digest(BADGE).slice(0, 8)}…`;
  expect(seen.map(({ what, value }) => `${what} ${value}`)).toEqual([
    "health ok",
    "health ok",
    "health ok",
    "button call pressed",
    "button call released",
    `badge ${masked}`,
    "bad-frame checksum",
    "rating 5 pressed",
    "rating 5 released",
    "health unplugged",
  ]);
  expect(JSON.stringify(seen)).not.toContain(BADGE);
  expect(seen.at(-1)?.text).toEqual({
    zh: "读卡器 virtual-reader 故障 unplugged",
    en: "badge reader virtual-reader: fault unplugged",
  });
  const before = seen.length;
  await watching.close();
  counter.badgeReader.tap(canonicalBadge("00C0FFEE"));
  counter.buttons.press("pause", milliseconds(100));
  clock.advance(milliseconds(200));
  expect(seen).toHaveLength(before);
});

test("the test patterns come one after the other, and it ends by itself", async () => {
  const clock = new VirtualClock();
  const { nameplate } = virtualCounter(clock);
  const told: string[] = [];
  const shown: number[] = [];
  const painting = paintTestFaces(nameplate, clock, ({ en }) => void told.push(en), new Promise(() => {}));
  for (const _face of TEST_FACES) {
    await clock.settle();
    shown.push(nameplate.face.lines.length);
    await clock.advanceSettled(TEST_FACE_FOR);
  }
  await painting;
  expect(shown).toEqual(TEST_FACES.map(({ face }) => face.lines.length));
  expect(told).toEqual(["nameplate: well", ...TEST_FACES.map(({ name }) => `test pattern: ${name.en}`)]);
  expect(clock.pending).toBe(0);
});

test("Ctrl-C ends the painting at once", async () => {
  const clock = new VirtualClock();
  await paintTestFaces(virtualCounter(clock).nameplate, clock, () => {}, Promise.resolve());
  expect(clock.pending).toBe(0);
});

test("devices are opened, heard and closed again; one that says nothing holds up none", async () => {
  const clock = new VirtualClock();
  const counter = virtualCounter(clock);
  const mute = { ...createAbsentBadgeReader(), driver: "osdp", open: () => new Promise<void>(() => {}) };
  const broken = {
    ...createAbsentRatingKeypad(),
    driver: "serial",
    open: () => Promise.reject(new Error("no such port")),
  };
  let answers: unknown = null;
  const devices = { ...counter, badgeReader: mute, ratingKeypad: broken, nameplate: createAbsentNameplate() };
  void probeDevices(devices, clock).then((found) => (answers = found));
  await clock.settle();
  expect(answers).toBeNull();
  await clock.advanceSettled(ANSWER_WITHIN);
  expect(answers).toEqual([
    { device: "badgeReader", health: null },
    { device: "buttons", health: { state: "ok" } },
    { device: "ratingKeypad", health: null },
  ]);
  expect(clock.pending).toBe(0);
});
