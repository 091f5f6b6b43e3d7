// The simulator's sign, the drivers of LED cards over emulated wires to strict emulators, and the digits of a matrix
// keep the contract of their port.
import { createAlphaNameplate } from "../../hardware/drivers/alpha-nameplate.ts";
import { createBxFontPainter } from "../../hardware/drivers/bx-font-painter.ts";
import { createBxPicturePainter } from "../../hardware/drivers/bx-picture-painter.ts";
import { createMatrixNameplate } from "../../hardware/drivers/matrix-nameplate.ts";
import { SIGN_LAYOUTS, type SignSize } from "../../hardware/drivers/sign-layouts.ts";
import { createSignNameplate } from "../../hardware/drivers/sign-nameplate.ts";
import type { SignPainter } from "../../hardware/drivers/sign-painter.ts";
import { assert } from "../../protocol/base/assert.ts";
import { type DurationMs, milliseconds } from "../../protocol/base/time.ts";
import { AlphaSign } from "../../simulator/wire/alpha-sign.ts";
import { BxCard } from "../../simulator/wire/bx-card.ts";
import { MemoryWire } from "../../simulator/wire/memory-wire.ts";
import { VirtualNameplate } from "../../simulator/devices/virtual-nameplate.ts";
import { FakeMatrix } from "../support/fake-matrix.ts";
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
