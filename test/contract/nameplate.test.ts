// The simulator's sign, the drivers of LED cards over emulated wires to strict emulators, and the digits of a matrix
// keep the contract of their port.
import { createAlphaNameplate } from "../../hardware/drivers/alpha-nameplate.ts";
import { createBxFontPainter } from "../../hardware/drivers/bx-font-painter.ts";
import { createBxPicturePainter } from "../../hardware/drivers/bx-picture-painter.ts";
import { createMatrixNameplate } from "../../hardware/drivers/matrix-nameplate.ts";
import { SIGN_LAYOUTS, type SignSize } from "../../hardware/drivers/sign-layouts.ts";
import { createFirmataMatrix, type MatrixWiring } from "../../hardware/links/firmata-matrix.ts";
import { createSignNameplate } from "../../hardware/drivers/sign-nameplate.ts";
import type { SignPainter } from "../../hardware/drivers/sign-painter.ts";
import { assert } from "../../protocol/base/assert.ts";
import { type DurationMs, milliseconds } from "../../protocol/base/time.ts";
import { AlphaSign } from "../../simulator/wire/alpha-sign.ts";
import { Ht16k33, Max7219Chain } from "../../simulator/wire/dot-chips.ts";
import { BxCard } from "../../simulator/wire/bx-card.ts";
import { MemoryWire } from "../../simulator/wire/memory-wire.ts";
import { VirtualNameplate } from "../../simulator/devices/virtual-nameplate.ts";
import { dotsOf, FakeMatrix } from "../support/fake-matrix.ts";
import { firmataBench } from "../support/firmata-bench.ts";
import { fontOf, isWrittenOn } from "../support/test-glyphs.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { nameplateContract, type NameplateRig } from "./nameplate-contract.ts";

const around = (clock: VirtualClock, plate: NameplateRig["plate"]) => ({
  plate,
  pass: (duration: DurationMs) => clock.advanceSettled(duration),
  until: async (what: string, holds: () => boolean) => {
    for (let step = 0; step < 300 && !holds(); step += 1) await clock.advanceSettled(milliseconds(100));
    assert(holds(), `within half a minute: ${what}`);
  },
});

nameplateContract("virtual", async () => {
  const clock = new VirtualClock();
  const plate = new VirtualNameplate();
  return {
    ...around(clock, plate),
    shows: (ticket) => plate.face.lines.some(({ zh }) => zh.startsWith(ticket)),
    sent: () => null,
    unplug: async () => plate.ail({ state: "fault", fault: "unplugged" }),
    plug: async () => plate.ail({ state: "ok" }),
    release: () => plate.close(),
  };
});

interface CardCase {
  readonly size: SignSize;
  readonly painter: SignPainter;
  readonly generation?: 5 | 6;
}

function cardContract(name: string, makeCase: () => CardCase): void {
  nameplateContract(name, async () => {
    const { size, painter, generation = 6 } = makeCase();
    const clock = new VirtualClock();
    const layout = SIGN_LAYOUTS[size];
    const wire = new MemoryWire(clock);
    const family = painter.driver === "onbon-font" ? "font" : "picture";
    const card = new BxCard({ family, ...layout, generation, clock, say: (bytes) => wire.say(bytes) });
    wire.onHeard = (bytes) => card.hear(bytes);
    const plate = createSignNameplate({ link: wire.byteLink(), clock, layout, painter });
    return {
      ...around(clock, plate),
      shows: (ticket) =>
        family === "font" ? card.rows().some((row) => row.startsWith(ticket)) : isWrittenOn(card.picture(), ticket),
      sent: () => card.taken,
      unplug: async () => {
        wire.unplug();
        card.cutPower();
      },
      plug: async () => wire.plug(),
      release: async () => {
        await plate.close();
        card.cutPower();
        assert(card.complaints.length === 0, `the card took every frame: ${card.complaints.join(", ")}`);
        assert(clock.pending === 0, "a closed sign leaves no timer");
      },
    };
  });
}

for (const size of ["64x16", "128x32", "192x64"] as const) {
  const layout = SIGN_LAYOUTS[size];
  cardContract(`Onbon 5K, ${size}`, () => ({
    size,
    generation: 5,
    painter: createBxFontPainter({ layout, generation: 5, colours: 1 }),
  }));
  cardContract(`Onbon 6K in colours, ${size}`, () => ({
    size,
    painter: createBxFontPainter({ layout, generation: 6, colours: 3 }),
  }));
}

cardContract("Onbon 6E, 128x32", () => ({
  size: "128x32",
  painter: createBxPicturePainter({ layout: SIGN_LAYOUTS["128x32"], glyphs: fontOf("一") }),
}));

nameplateContract("Alpha", async () => {
  const clock = new VirtualClock();
  const wire = new MemoryWire(clock);
  const sign = new AlphaSign();
  wire.onHeard = (bytes) => sign.hear(bytes);
  const plate = createAlphaNameplate({ link: wire.byteLink(), clock, columns: 15, rows: 1 });
  return {
    ...around(clock, plate),
    shows: (ticket) => sign.pages.some((page) => page.startsWith(ticket)),
    sent: () => sign.taken,
    unplug: async () => {
      wire.unplug();
      sign.cutPower();
    },
    plug: async () => wire.plug(),
    release: async () => {
      await plate.close();
      assert(sign.complaints.length === 0, `the sign took every packet: ${sign.complaints.join(", ")}`);
      assert(clock.pending === 0, "a closed sign leaves no timer");
    },
  };
});

nameplateContract("matrix", async () => {
  const clock = new VirtualClock();
  const matrix = new FakeMatrix(16, 8);
  const plate = createMatrixNameplate(matrix);
  return {
    ...around(clock, plate),
    shows: (ticket) => matrix.reads(ticket),
    sent: () => null,
    unplug: async () => matrix.unplug(),
    plug: async () => matrix.plug(),
    release: () => plate.close(),
  };
});

/** Bytes on the wire for all dots of four MAX7219. */
const WHOLE_PICTURE = 4700;
const PINS = { data: 11, clock: 13, select: 10 };
const SHIFTED = { chip: "max7219", chips: 4, pins: { data: "D11", clock: "D13", select: "D10" } } as const;

for (const [name, wiring] of [
  ["four MAX7219", { ...SHIFTED, fedFrom: "left" }],
  ["four MAX7219, fed from the right", { ...SHIFTED, fedFrom: "right" }],
  ["an HT16K33", { chip: "ht16k33", address: 0x71 }],
] as const satisfies readonly (readonly [string, MatrixWiring])[]) {
  nameplateContract(`matrix of ${name} on an Arduino`, async () => {
    const chain = new Max7219Chain(4, wiring.chip === "max7219" ? wiring.fedFrom : "left", PINS);
    const bus = new Ht16k33(0x71);
    const bench = firmataBench({
      onOutput: (pin, isHigh) => chain.onPin(pin, isHigh),
      onI2c: (address, bytes) => bus.hear(address, bytes),
    });
    const { clock, board, wire, sketch } = bench;
    let bytes = 0;
    wire.onHeard = (heard) => {
      bytes += heard.length;
      sketch.hear(heard);
    };
    const matrix = createFirmataMatrix({ board, wiring, clock });
    const dots = wiring.chip === "max7219" ? chain : bus;
    const plate = createMatrixNameplate(matrix);
    return {
      ...around(clock, plate),
      shows: (ticket) => dotsOf(ticket, matrix).every(([x, y, isLit]) => dots.isLit(x, y) === isLit),
      sent: () => bytes / WHOLE_PICTURE,
      unplug: async () => {
        bench.unplug();
        chain.cutPower();
        bus.cutPower();
      },
      plug: async () => bench.plug(),
      release: async () => {
        await plate.close();
        await clock.advanceSettled(milliseconds(10));
        assert(clock.pending === 0, "a closed matrix leaves no timer");
      },
    };
  });
}
