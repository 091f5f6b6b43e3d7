// An Arduino on a line: greeted until it answers, asked whether it still works, rebuilt when it has restarted.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createFirmataLines } from "../../../hardware/links/firmata-lines.ts";
import { createFirmataMatrix } from "../../../hardware/links/firmata-matrix.ts";
import { FirmataBoard } from "../../../hardware/links/firmata-board.ts";
import { Bitmap } from "../../../hardware/codecs/bitmap.ts";
import { milliseconds, minutes, seconds } from "../../../protocol/base/time.ts";
import { firmataBench, firmataPackages } from "../../support/firmata-bench.ts";

async function setUp(inputs: readonly string[] = ["D2"]) {
  const bench = firmataBench();
  const { clock, board } = bench;
  const lines = createFirmataLines({ board, inputs, bias: "pull-up", pressedLevel: "low", clock });
  const told: string[] = [];
  const open = () =>
    lines.open({
      onUp: () => void told.push("up"),
      onDown: (fault) => void told.push(fault),
      onEdge: (line, { edge }) => void told.push(`${line} ${edge}`),
    });
  return { ...bench, lines, told, open };
}

test("a board that says nothing is silent, and works as soon as it speaks", async () => {
  const { clock, sketch, told, open, lines } = await setUp();
  sketch.hangs = true;
  await open();
  await clock.advanceSettled(seconds(10));
  expect(told).toEqual(["silent"]);
  sketch.hangs = false;
  await clock.advanceSettled(seconds(4));
  expect(told).toEqual(["silent", "up"]);
  await lines.close();
});

// Its line is there, and the system sees nothing: only asking finds out.
test("a board that hangs at work is lost within five seconds", async () => {
  const { clock, sketch, told, open, lines } = await setUp();
  await open();
  await clock.advanceSettled(minutes(10));
  expect(told).toEqual(["up"]);
  sketch.hangs = true;
  await clock.advanceSettled(seconds(5));
  expect(told).toEqual(["up", "silent"]);
  await lines.close();
});

test("a board that restarted by itself is told its pins again", async () => {
  const { clock, sketch, told, open, lines } = await setUp();
  await open();
  await clock.advanceSettled(seconds(1));
  sketch.boot();
  await clock.advanceSettled(seconds(1));
  sketch.contact(2, "low");
  await clock.advanceSettled(milliseconds(10));
  expect(told).toEqual(["up", "hung-up", "up", "D2 pressed"]);
  await lines.close();
});

test.each([["D1"], ["D20"], ["A6"], ["GPIO17"], [""]])(
  "a pin %j that the board does not have is said",
  async (line) => {
    const { clock, told, open, lines } = await setUp(["D2", line]);
    await open();
    await clock.advanceSettled(seconds(1));
    expect(told).toEqual(["no-line"]);
    await lines.close();
  },
);

test("an analog pin by its printed name is a contact like another", async () => {
  const { clock, sketch, told, open, lines } = await setUp(["A0"]);
  await open();
  await clock.advanceSettled(seconds(1));
  sketch.contact(14, "low");
  await clock.advanceSettled(seconds(1));
  expect(told).toEqual(["up", "A0 pressed"]);
  await lines.close();
});

test("noise on the line, and answers to nobody's question, cost nothing", async () => {
  const { clock, sketch, wire, told, open, lines } = await setUp();
  await open();
  const strays = [
    [1, 2, 3],
    [0xf0, 0x79, 0xf7],
    [0xf0, 0x6d, 0x7f, 1, 1, 0xf7],
    [0xff, 0xf7],
    [0xf0, 0x71, 0x41],
  ];
  for (const bytes of strays) wire.say(Uint8Array.from(bytes));
  await clock.advanceSettled(seconds(1));
  for (const bytes of strays) wire.say(Uint8Array.from(bytes));
  sketch.contact(2, "low");
  await clock.advanceSettled(seconds(1));
  expect(told).toEqual(["up", "D2 pressed"]);
  await lines.close();
});

// The packages trust what they hear: a message cut short made their parser throw, and one without an end grew for ever.
test("whatever a board says, in whatever state, nothing throws, and it works once it speaks sense", async () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const message = fc
    .tuple(
      fc.constantFrom(0x79, 0x6c, 0x6a, 0x6e, 0x77, 0x71),
      fc.array(fc.integer({ min: 0, max: 127 }), { maxLength: 9 }),
    )
    .map(([first, body]) => [0xf0, first, ...body, 0xf7]);
  const speech = fc.array(fc.oneof(fc.array(byte, { maxLength: 12 }), message), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(speech, speech, async (early, late) => {
      const { clock, sketch, wire, told, open, lines } = await setUp();
      sketch.hangs = true;
      await open();
      for (const bytes of early) wire.say(Uint8Array.from(bytes));
      await clock.advanceSettled(milliseconds(100));
      sketch.hangs = false;
      await clock.advanceSettled(seconds(7));
      for (const bytes of late) wire.say(Uint8Array.from(bytes));
      await clock.advanceSettled(seconds(7));
      sketch.contact(2, "low");
      await clock.advanceSettled(milliseconds(100));
      expect(told.at(-1)).toBe("D2 pressed");
      await lines.close();
    }),
    {
      numRuns: 40,
      examples: [
        [
          [
            [0xf9, 0, 0],
            [0xf0, 0x6a, 0, 0xf7],
          ],
          [],
        ],
      ],
    },
  );
}, 60_000);

test("without its packages it says so, and does not ask again", async () => {
  const { clock, wire, told } = await setUp();
  const board = new FirmataBoard({ link: wire.byteLink(), clock, load: () => Promise.reject(new TypeError("none")) });
  const matrix = createFirmataMatrix({ board, clock, wiring: { chip: "ht16k33", address: 0x70 } });
  await matrix.open({ onUp: () => void told.push("up"), onDown: (fault) => void told.push(fault) });
  await clock.advanceSettled(minutes(1));
  expect(told).toEqual(["no-driver"]);
  await matrix.close();
  expect(clock.pending).toBe(0);
});

test("what is wired to one board shares its line, which closes with the last", async () => {
  const { clock, wire, sketch, board, told, open, lines } = await setUp();
  const matrix = createFirmataMatrix({ board, clock, wiring: { chip: "ht16k33", address: 0x70 } });
  await open();
  await clock.advanceSettled(seconds(1));
  await matrix.open({ onUp: () => void told.push("matrix up"), onDown: (fault) => void told.push(`matrix ${fault}`) });
  await matrix.close();
  matrix.draw(new Bitmap(16, 8));
  sketch.contact(2, "low");
  await clock.advanceSettled(seconds(1));
  expect(told).toEqual(["up", "matrix up", "D2 pressed"]);
  await lines.close();
  wire.unplug();
  expect(told).toHaveLength(3);
  sketch.cutPower(); // It beats on while it has power.
  expect(clock.pending).toBe(0);
});

// Its own components would keep each board, and an I2C address could be used once in a process's life.
test("three hundred replugs leave no board, listener or timer behind", async () => {
  const { clock, sketch, told, open, lines, board, plug, unplug } = await setUp();
  const matrix = createFirmataMatrix({ board, clock, wiring: { chip: "ht16k33", address: 0x70 } });
  await open();
  await matrix.open({ onUp: () => {}, onDown: () => {} });
  const signals = process.listenerCount("SIGINT");
  await clock.advanceSettled(seconds(1));
  for (let round = 0; round < 300; round += 1) {
    unplug();
    plug();
    await clock.advanceSettled(milliseconds(100));
  }
  expect(told.filter((word) => word === "up")).toHaveLength(301);
  expect(firmataPackages.Board.cache).toHaveLength(1);
  expect(process.listenerCount("SIGINT")).toBe(signals);
  await Promise.all([lines.close(), matrix.close()]);
  expect(firmataPackages.Board.cache).toHaveLength(0);
  sketch.cutPower();
  expect(clock.pending).toBe(0);
}, 60_000);
