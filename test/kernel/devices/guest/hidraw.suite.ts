// Real node-hid with hidraw on input devices that the kernel has from a process, by uhid.
import { hidContracts } from "./hid-contracts.ts";
import { UhidDevice } from "./uhid-device.ts";

hidContracts("hidraw on a kernel's uhid device", "hidraw", (identity, form) => new UhidDevice(identity, form));
