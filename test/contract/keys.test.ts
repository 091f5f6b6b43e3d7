// The virtual panel and keypad keep the contracts of their ports, with good contacts and with worn ones.
import { assert } from "../../protocol/base/assert.ts";
import { type DurationMs, milliseconds, minutes } from "../../protocol/base/time.ts";
import { VirtualButtonPanel } from "../../simulator/devices/virtual-button-panel.ts";
import { VirtualRatingKeypad } from "../../simulator/devices/virtual-rating-keypad.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { buttonPanelContract } from "./button-panel-contract.ts";
import { ratingKeypadContract } from "./rating-keypad-contract.ts";

const UNTIL_LIFTED = minutes(60);
const UNPLUGGED = { state: "fault", fault: "unplugged" } as const;
const OK = { state: "ok" } as const;

const WEAR: readonly [string, readonly DurationMs[]][] = [
  ["", []],
  [", worn", [1, 3, 0.5, 2, 4, 1].map(milliseconds)],
];

function around(device: VirtualButtonPanel | VirtualRatingKeypad, clock: VirtualClock) {
  return {
    unplug: async () => device.ail(UNPLUGGED),
    plug: async () => device.ail(OK),
    pass: (duration: DurationMs) => clock.advanceSettled(duration),
    until: async (what: string, holds: () => boolean) => assert(holds(), what),
    release: async () => {
      await device.close();
      assert(clock.pending === 0, "a closed device leaves no timer");
    },
    tolerance: milliseconds(12),
  };
}

for (const [suffix, gaps] of WEAR) {
  buttonPanelContract(`virtual${suffix}`, async () => {
    const clock = new VirtualClock();
    const panel = new VirtualButtonPanel(clock);
    panel.wear(gaps);
    return {
      ...around(panel, clock),
      panel,
      finger: (name, edge) => (edge === "pressed" ? panel.press(name, UNTIL_LIFTED) : panel.lift(name)),
      lampOf: (button) => panel.lamps[button],
      beeps: () => panel.lastBeep?.count ?? 0,
    };
  });

  ratingKeypadContract(`virtual${suffix}`, async () => {
    const clock = new VirtualClock();
    const keypad = new VirtualRatingKeypad(clock);
    keypad.wear(gaps);
    return {
      ...around(keypad, clock),
      keypad,
      finger: (level, edge) => (edge === "pressed" ? keypad.rate(level, UNTIL_LIFTED) : keypad.lift(level)),
      face: () => keypad.face,
    };
  });
}
