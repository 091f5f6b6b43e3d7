import { type ButtonPanel, createAbsentButtonPanel, createGpioButtons } from "../../hardware/index.ts";
import type { ButtonPanelConfig } from "./button-panel-config.ts";
import { pickLines, type WiredWorld } from "./pick-lines.ts";

export function pickButtonPanel(config: ButtonPanelConfig, world: WiredWorld): ButtonPanel {
  if (config.driver === "absent") return createAbsentButtonPanel();
  const { buttons, lamps, beeper } = config;
  const outputs = [lamps?.call, lamps?.pause, beeper].filter((line) => line !== undefined);
  const lines = pickLines(config, { inputs: [buttons.call, buttons.pause], outputs }, world);
  return createGpioButtons({ lines, clock: world.clock, buttons, lamps, beeper });
}
