// Real node-hid with hidraw on keyboards that the kernel has from a process, by uhid.
import { hidContracts } from "./hid-contracts.ts";
import { UhidKeyboard } from "./uhid-keyboard.ts";

hidContracts("hidraw on a kernel's uhid device", "hidraw", (identity) => new UhidKeyboard(identity));
