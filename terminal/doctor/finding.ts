import type { Bilingual } from "../../protocol/index.ts";

/** Every code the doctor can say, stable: scripts and handbooks name them. docs/doctor.md lists them. */
export const FINDING_CODES = [
  "CONFIG_NONE",
  "CONFIG_OK",
  "CONFIG_REFUSED",
  "SERIAL_NONE",
  "SERIAL_FOUND",
  "SERIAL_DENIED",
  "SERIAL_NO_STABLE_NAME",
  "USB_NO_DRIVER",
  "HID_NONE",
  "HID_FOUND",
  "HID_DENIED",
  "GPIO_NONE",
  "GPIO_FOUND",
  "GPIO_DENIED",
  "GPIO_NO_SYSFS",
  "ONOFF_NOT_BUILT",
  "I2C_FOUND",
  "UDEV_NOT_RUNNING",
  "TOOL_GPIOMON_OK",
  "TOOL_GPIOMON_MISSING",
  "TOOL_GPIOMON_OLD",
  "TOOL_SETPRIV_MISSING",
  "DEVICE_ABSENT",
  "DEVICE_OK",
  "DEVICE_MISSING",
  "DEVICE_DENIED",
  "DEVICE_PATH_UNSTABLE",
  "DEVICE_UNREACHABLE",
  "DEVICE_ANSWERS",
  "DEVICE_LISTENS",
  "DEVICE_FAULT",
  "DEVICE_SILENT",
  "FONT_MISSING",
  "CLOCK_OK",
  "CLOCK_WRONG",
  "CLOCK_UNSYNCHRONISED",
  "DISK_OK",
  "DISK_LOW",
  "DISK_UNWRITABLE",
  "CONTROLLER_OK",
  "CONTROLLER_UNREACHABLE",
  "CONTROLLER_UNKNOWN_NAME",
  "CERTIFICATE_OK",
  "CERTIFICATE_NONE",
  "CERTIFICATE_UNREADABLE",
  "CERTIFICATE_NOT_YET",
  "CERTIFICATE_ENDS_SOON",
  "CERTIFICATE_EXPIRED",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** ok: as it should be. note: worth knowing. bad: something will not work; `fix` says what to do about it. */
export type Finding = { readonly code: FindingCode; readonly text: Bilingual } & (
  | { readonly state: "ok" | "note"; readonly fix: null }
  | { readonly state: "bad"; readonly fix: Bilingual }
);

export const well = (code: FindingCode, zh: string, en: string): Finding => ({
  code,
  state: "ok",
  text: { zh, en },
  fix: null,
});

export const note = (code: FindingCode, zh: string, en: string): Finding => ({
  code,
  state: "note",
  text: { zh, en },
  fix: null,
});

export const bad = (code: FindingCode, text: Bilingual, fix: Bilingual): Finding => ({
  code,
  state: "bad",
  text,
  fix,
});
