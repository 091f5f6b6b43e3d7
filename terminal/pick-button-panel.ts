import { type ButtonPanel, createAbsentButtonPanel, createGpioButtons, createGpiodLines } from "../hardware/index.ts";
import { unreachable } from "../protocol/index.ts";
import type { ButtonPanelConfig } from "./button-panel-config.ts";
import type { DeviceWorld } from "./pick-line.ts";

export function pickButtonPanel(config: ButtonPanelConfig, { clock, log }: DeviceWorld): ButtonPanel {
  switch (config.driver) {
    case "gpiomon": {
      const { chip, buttons, lamps, beeper, bias, pressed, debounceMs } = config;
      const wiring = { chip, inputs: [buttons.call, buttons.pause], bias, debounceMs };
      const lines = createGpiodLines({ wiring, pressedLevel: pressed, clock, log });
      return createGpioButtons({ lines, clock, buttons, lamps, beeper });
    }
    case "absent":
      return createAbsentButtonPanel();
    default:
      return unreachable(config);
  }
}
