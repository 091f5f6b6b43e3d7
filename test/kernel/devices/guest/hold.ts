import { createGpioButtons } from "../../../../hardware/drivers/gpio-buttons.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { ReaderDiary } from "../../../contract/badge-reader-contract.ts";
import { BEEPER, BUTTONS, gpiodLines, LAMPS, onoffLines } from "./desk-chip.ts";
import { faceOf } from "../../../contract/nameplate-contract.ts";
import { wedgeReader } from "./hid-contracts.ts";
import { fontSignAt } from "./sign-contracts.ts";
import { pathOfSerial } from "./serial-gadget.ts";
import { HELD_SIGN } from "./sign-tests.ts";

/** The process that is killed: holds a reader, a sign, or buttons and a lamp, until its end. */
export async function hold(part: string): Promise<void> {
  if (part === "serial") {
    const plate = fontSignAt(pathOfSerial(HELD_SIGN.gadget));
    plate.show(faceOf(HELD_SIGN.ticket));
    return await plate.open({ onHealth: () => {} });
  }
  if (part === "libusb") return await wedgeReader(part).open(new ReaderDiary());
  const linesOf = part === "onoff" ? onoffLines : gpiodLines();
  const lines = linesOf(Object.values(BUTTONS), [...Object.values(LAMPS), BEEPER]);
  const panel = createGpioButtons({ lines, clock: systemClock, buttons: BUTTONS, lamps: LAMPS, beeper: BEEPER });
  panel.light("call", "on");
  await panel.open({ onEdge: () => {}, onHealth: () => {} });
}
