import { createGpioButtons } from "../../../../hardware/drivers/gpio-buttons.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { ReaderDiary } from "../../../contract/badge-reader-contract.ts";
import { BEEPER, BUTTONS, gpiodLines, LAMPS, onoffLines } from "./desk-chip.ts";
import { wedgeReader } from "./hid-contracts.ts";

/** The process that is killed: holds a reader, or buttons and a lamp, until its end. */
export async function hold(part: string): Promise<void> {
  if (part === "libusb") return await wedgeReader(part).open(new ReaderDiary());
  const linesOf = part === "onoff" ? onoffLines : gpiodLines();
  const lines = linesOf(Object.values(BUTTONS), [...Object.values(LAMPS), BEEPER]);
  const panel = createGpioButtons({ lines, clock: systemClock, buttons: BUTTONS, lamps: LAMPS, beeper: BEEPER });
  panel.light("call", "on");
  await panel.open({ onEdge: () => {}, onHealth: () => {} });
}
