import { z } from "zod";
import { BadgeReaderConfig } from "./badge-reader-config.ts";
import { ButtonPanelConfig } from "./button-panel-config.ts";
import { NameplateConfig } from "./nameplate-config.ts";
import { RatingKeypadConfig } from "./rating-keypad-config.ts";
import { wiringFaults } from "./wiring-faults.ts";

const ABSENT = { driver: "absent" } as const;

/** What stands at a counter, as far as a file says. */
export const StatedDevices = z.strictObject({
  badgeReader: BadgeReaderConfig.optional(),
  buttons: ButtonPanelConfig.optional(),
  ratingKeypad: RatingKeypadConfig.optional(),
  nameplate: NameplateConfig.optional(),
});
export type StatedDevices = z.output<typeof StatedDevices>;

/** All that stands at a counter; what is not named is not there. */
export const Devices = z
  .strictObject({
    badgeReader: BadgeReaderConfig.default(ABSENT),
    buttons: ButtonPanelConfig.default(ABSENT),
    ratingKeypad: RatingKeypadConfig.default(ABSENT),
    nameplate: NameplateConfig.default(ABSENT),
  })
  .superRefine((devices, context) => {
    for (const { path, reason } of wiringFaults(devices, [])) {
      context.addIssue({ code: "custom", path: [...path], message: reason });
    }
  });
export type Devices = z.output<typeof Devices>;
