import { FirmataBoard } from "../../hardware/links/firmata-board.ts";
import { type FirmataPackages, loadFirmataPackages } from "../../hardware/links/firmata-packages.ts";
import { FirmataSketch, type FirmataSketchOptions } from "../../simulator/wire/firmata-sketch.ts";
import { MemoryWire } from "../../simulator/wire/memory-wire.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** Loaded once: what is then made of them needs no more turns of the event loop than virtual time has. */
export const firmataPackages: FirmataPackages = await loadFirmataPackages();

/** An Arduino on a wire, in virtual time. */
export function firmataBench(heeds: Omit<FirmataSketchOptions, "say" | "clock"> = {}) {
  const clock = new VirtualClock();
  const wire = new MemoryWire(clock);
  const sketch = new FirmataSketch({ ...heeds, clock, say: (bytes) => wire.say(bytes) });
  wire.onHeard = (bytes) => sketch.hear(bytes);
  const board = new FirmataBoard({ link: wire.byteLink(), clock, load: () => Promise.resolve(firmataPackages) });
  return {
    clock,
    wire,
    sketch,
    board,
    unplug: (): void => {
      sketch.cutPower();
      wire.unplug();
    },
    /** Power comes with the cable; the sketch starts when the line is opened. */
    plug: (): void => {
      wire.plug();
      sketch.boot();
    },
  };
}
