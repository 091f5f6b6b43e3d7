// A press on an Arduino that is read late, all of it at once, is the press it was; bounce and noise are still none.
import fc from "fast-check";
import { expect, test } from "vitest";
import { FirmataBoard } from "../../../hardware/links/firmata-board.ts";
import { createFirmataLines } from "../../../hardware/links/firmata-lines.ts";
import type { ByteLinkListener } from "../../../hardware/ports/byte-link.ts";
import { milliseconds, type MonoMs, seconds } from "../../../protocol/base/time.ts";
import { FirmataSketch } from "../../../simulator/wire/firmata-sketch.ts";
import { firmataPackages } from "../../support/firmata-bench.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { type Edge, KeyBench } from "../terminal/core/keys/key-bench.ts";

type Contact = readonly [after: number, isClosed: boolean];

/** Presses that a key makes of these moves of a contact, when what the board says is read at `reads` ms alone. */
async function presses(moves: readonly Contact[], reads: readonly number[] = [], cuts: readonly number[] = []) {
  const clock = new VirtualClock();
  let listener: ByteLinkListener | null = null;
  let waiting: number[] | null = null;
  const say = (bytes: Uint8Array): void => {
    if (waiting === null) listener?.onBytes(bytes);
    else waiting.push(...bytes);
  };
  const sketch = new FirmataSketch({ clock, say });
  const link = {
    name: "line",
    open: (opened: ByteLinkListener) => {
      listener = opened;
      opened.onUp();
      return Promise.resolve();
    },
    write: (bytes: Uint8Array) => sketch.hear(bytes),
    close: () => Promise.resolve(),
  };
  const board = new FirmataBoard({ link, clock, load: () => Promise.resolve(firmataPackages) });
  const lines = createFirmataLines({ board, inputs: ["D2"], bias: "pull-up", pressedLevel: "low", clock });
  const edges: [MonoMs, Edge][] = [];
  await lines.open({ onUp() {}, onDown() {}, onEdge: (_line, { at, edge }) => void edges.push([at, edge]) });
  await clock.advanceSettled(seconds(1));
  waiting = [];
  const read = (): void => {
    const bytes = Uint8Array.from(waiting ?? []);
    waiting = [];
    const ends = [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
    for (const [at, end] of ends.entries()) listener?.onBytes(bytes.subarray(ends[at - 1] ?? 0, end));
  };
  for (const at of reads) clock.after(milliseconds(at), read);
  for (const [after, isClosed] of moves) {
    await clock.advanceSettled(milliseconds(after));
    sketch.contact(2, isClosed ? "low" : null);
  }
  await clock.advanceSettled(milliseconds(500));
  read();
  await lines.close();
  return new KeyBench().play(edges).reports.filter(({ type }) => type === "pressed").length;
}

test.each<{ readonly what: string; readonly moves: readonly Contact[]; readonly count: number }>([
  {
    what: "a press of 120 ms",
    moves: [
      [200, true],
      [120, false],
    ],
    count: 1,
  },
  {
    what: "a press of 60 ms",
    moves: [
      [200, true],
      [60, false],
    ],
    count: 1,
  },
  {
    what: "a press that bounces",
    moves: [
      [200, true],
      [2, false],
      [2, true],
      [120, false],
      [2, true],
      [2, false],
    ],
    count: 1,
  },
  {
    what: "two presses",
    moves: [
      [100, true],
      [120, false],
      [500, true],
      [120, false],
    ],
    count: 2,
  },
  {
    what: "a spike of 3 ms",
    moves: [
      [200, true],
      [3, false],
    ],
    count: 0,
  },
  {
    what: "a long key that bounces when it opens",
    moves: [
      [100, true],
      [900, false],
      [3, true],
      [3, false],
    ],
    count: 1,
  },
])("read all at once, $what counts $count", async ({ moves, count }) => {
  expect(await presses(moves)).toBe(count);
});

test("a press of 60 ms and more is one press however its bytes are cut and whenever they are read", async () => {
  const ms = (min: number, max: number) => fc.integer({ min, max });
  const cutsAndReads = [fc.array(ms(0, 1200), { maxLength: 8 }), fc.array(ms(1, 400), { maxLength: 12 })] as const;
  await fc.assert(
    fc.asyncProperty(ms(1, 400), ms(60, 1400), ...cutsAndReads, async (before, held, reads, cuts) => {
      expect(
        await presses(
          [
            [before, true],
            [held, false],
          ],
          reads,
          cuts,
        ),
      ).toBe(1);
    }),
  );
});

test("a spike of up to 8 ms that is read late is no press however its bytes are cut", async () => {
  const ms = (min: number, max: number) => fc.integer({ min, max });
  await fc.assert(
    fc.asyncProperty(ms(50, 400), ms(1, 8), fc.array(ms(1, 400), { maxLength: 12 }), async (before, held, cuts) => {
      expect(
        await presses(
          [
            [before, true],
            [held, false],
          ],
          [],
          cuts,
        ),
      ).toBe(0);
    }),
  );
});
