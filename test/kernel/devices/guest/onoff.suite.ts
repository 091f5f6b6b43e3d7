// Real onoff in the kernel's sysfs, on a chip of the kernel's simulator whose base is wherever the kernel put it.
import { createGpioButtons } from "../../../../hardware/drivers/gpio-buttons.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { cableTests } from "./cable-tests.ts";
import { BUTTONS, DeskChip, onoffLines } from "./desk-chip.ts";
import { gpioContracts } from "./gpio-contracts.ts";

gpioContracts("onoff on a kernel's chip", onoffLines);

cableTests("onoff", async () => {
  const chip = new DeskChip();
  const panel = createGpioButtons({
    lines: onoffLines(Object.values(BUTTONS), []),
    clock: systemClock,
    buttons: BUTTONS,
  });
  return {
    open: (onHealth) => panel.open({ onHealth, onEdge: () => {} }),
    unplug: async () => chip.unplug(),
    plug: async () => chip.plug(),
    async release() {
      await panel.close();
      chip.release();
    },
  };
});
