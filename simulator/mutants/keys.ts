import { canonicalBadge, type CounterDevices } from "../../hardware/index.ts";
import { type Clock, milliseconds, type MonoMs } from "../../protocol/index.ts";
import type { Mutant } from "./mutant.ts";

const AGAIN_AFTER = milliseconds(1_600);
const AGAIN_FOR = milliseconds(80);

/** A key that fires once more by itself, a while after it was let go. */
function firesAgain(devices: CounterDevices, clock: Clock): CounterDevices {
  const { buttons } = devices;
  const again = Object.create(buttons) as CounterDevices["buttons"];
  again.open = (listener) =>
    buttons.open({
      ...listener,
      onHealth: (health) => listener.onHealth(health),
      onEdge(edge) {
        listener.onEdge(edge);
        if (edge.edge !== "released") return;
        const at = (): MonoMs => clock.mono();
        clock.after(AGAIN_AFTER, () => listener.onEdge({ ...edge, edge: "pressed", at: at() }));
        clock.after(milliseconds(AGAIN_AFTER + AGAIN_FOR), () => listener.onEdge({ ...edge, at: at() }));
      },
    });
  again.light = buttons.light.bind(buttons);
  again.beep = buttons.beep.bind(buttons);
  again.close = buttons.close.bind(buttons);
  return { ...devices, buttons: again };
}

/** What was no whole frame is taken for a badge. */
function badFrameTaken(devices: CounterDevices, clock: Clock): CounterDevices {
  const { badgeReader } = devices;
  const reader = Object.create(badgeReader) as CounterDevices["badgeReader"];
  reader.open = (listener) =>
    badgeReader.open({
      onBadge: (presented) => listener.onBadge(presented),
      onHealth: (health) => listener.onHealth(health),
      onBadFrame: () => listener.onBadge({ badge: canonicalBadge("0BADF00D"), at: clock.mono() }),
    });
  reader.close = badgeReader.close.bind(badgeReader);
  return { ...devices, badgeReader: reader };
}

export const KEY_MUTANTS: readonly Mutant[] = [
  { name: "key-fires-again", fault: "one press comes to two", seams: () => ({ devices: firesAgain }) },
  { name: "bad-frame-taken", fault: "a damaged frame counts as a badge", seams: () => ({ devices: badFrameTaken }) },
];
