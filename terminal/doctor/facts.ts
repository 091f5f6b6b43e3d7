import type { Access, Reach } from "./machine.ts";

/** What was seen on a machine. Null: it could not be seen; nothing red may rest on that. */
export interface Facts {
  readonly user: string;
  readonly serial: readonly SerialFact[];
  /** What hangs on USB, whatever drives it. */
  readonly usb: readonly UsbFact[];
  readonly hid: readonly HidFact[];
  readonly chips: readonly ChipFact[];
  /** Names of I2C buses: /dev/i2c-1. */
  readonly i2c: readonly string[];
  readonly tools: ToolFacts;
  readonly udev: UdevFact | null;
  readonly clock: { readonly nowMs: number; readonly synchronised: boolean | null };
  readonly configuration: ConfigurationFact;
}

export interface SerialFact {
  /** /dev/ttyUSB0 */
  readonly path: string;
  /** Below /dev/serial; null where udev has made none, as for a UART of the board. */
  readonly stable: string | null;
  readonly usb: UsbFact | null;
  readonly access: Access;
}

export interface UsbFact {
  readonly vendorId: number;
  readonly productId: number;
  readonly product: string;
}

/** A USB input device. */
export interface HidFact extends UsbFact {
  /** It types, as keyboard-like readers and keypads do. */
  readonly types: boolean;
  readonly access: Access;
}

export interface ChipFact {
  readonly path: string;
  /** As gpiodetect shows it; null where it cannot be told. */
  readonly label: string | null;
  readonly access: Access;
}

export interface ToolFacts {
  /** "2.1.3"; null: not installed. */
  readonly gpiomon: string | null;
  readonly setpriv: boolean;
}

/** `missing`: it is not even installed. */
export type UdevFact = "running" | "stopped" | "missing";

export type ConfigurationFact =
  | { readonly state: "none" }
  | { readonly state: "refused"; readonly file: string; readonly reasons: readonly string[] }
  | { readonly state: "read"; readonly file: string; readonly told: ToldFacts };

/** What a configuration names, and what became of looking for it. */
export interface ToldFacts {
  readonly devices: readonly DeviceFact[];
  readonly directory: { readonly path: string; readonly access: Access; readonly space: SpaceFact | null };
  readonly controller: { readonly host: string; readonly port: number; readonly reach: Reach | null };
  readonly certificate: CertificateFact;
}

export interface SpaceFact {
  readonly free: number;
  readonly all: number;
}

export type CertificateFact =
  | { readonly state: "absent" | "unreadable" }
  | { readonly state: "read"; readonly fromMs: number; readonly toMs: number };

export type DeviceName = "badgeReader" | "buttons" | "ratingKeypad" | "nameplate";

/** One device of the configuration, with the place where it is to be found. */
export interface DeviceFact {
  readonly device: DeviceName;
  readonly driver: string;
  readonly place: PlaceFact;
}

export type PlaceFact =
  /** `stable`: the name below /dev/serial that leads to the same device, where there is one. */
  | { readonly kind: "path"; readonly path: string; readonly access: Access; readonly stable: string | null }
  | {
      readonly kind: "usb";
      readonly vendorId: number;
      readonly productId: number;
      readonly through: "libusb" | "hidraw";
      readonly access: Access | null;
    }
  | { readonly kind: "chip"; readonly label: string; readonly access: Access }
  /** `labels`: of all chips; null: this kernel has no GPIO in sysfs. `loads`: the native module does. */
  | {
      readonly kind: "sysfs-chip";
      readonly label: string;
      readonly labels: readonly string[] | null;
      readonly access: Access;
      readonly loads: boolean;
    }
  | { readonly kind: "network"; readonly host: string; readonly port: number; readonly reach: Reach | null }
  | { readonly kind: "file"; readonly path: string; readonly access: Access }
  | { readonly kind: "none" };
