// What input devices say of their own reports, as bytes of HID report descriptors.

/** The boot keyboard of the HID specification, appendix B, with its five lamps. */
export const BOOT_KEYBOARD = Buffer.from(
  "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508150025650507" +
    "190029658100c0",
  "hex",
);

export const KEYBOARD_BYTES = 8;

/** Reports of 64 bytes both ways, of the maker's own. */
export const VENDOR_REPORTS = Buffer.from("0600ff0901a10119012940150026ff0075089540810219012940750895409102c0", "hex");
/** The same, and numbered: the number, 1, and 63 bytes. */
export const NUMBERED_REPORTS = Buffer.from(
  "0600ff0901a101850119012940150026ff007508953f8102190129407508953f9102c0",
  "hex",
);
export const VENDOR_BYTES = 64;
