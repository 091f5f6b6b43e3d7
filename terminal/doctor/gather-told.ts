import { join } from "node:path";
import { UNIFONT_FILE } from "../../hardware/index.ts";
import { IDENTITY_FILES } from "../adapters/identity-files.ts";
import type { TerminalConfig } from "../config.ts";
import type { CertificateFact, ChipFact, DeviceFact, DeviceName, HidFact, PlaceFact, ToldFacts } from "./facts.ts";
import { attempt, glance } from "./attempt.ts";
import type { Machine } from "./machine.ts";
import { stableNameOf } from "./stable-name.ts";

interface Seen {
  readonly hid: readonly HidFact[];
  readonly chips: readonly ChipFact[];
}

type DeviceConfig = TerminalConfig["devices"][DeviceName];

/** What a configuration names, looked for on this machine. */
export async function gatherTold(machine: Machine, config: TerminalConfig, seen: Seen): Promise<ToldFacts> {
  const devices: DeviceFact[] = [];
  for (const device of ["badgeReader", "buttons", "ratingKeypad", "nameplate"] as const) {
    const given = config.devices[device];
    const place = await attempt(() => placeOf(machine, given, seen), { kind: "none" } as const);
    devices.push({ device, driver: given.driver, place });
  }
  const font = glance(() => fontOf(machine, config.devices), null);
  if (font !== null) devices.push(font);
  const { host, mqttPort: port } = config.controller;
  const path = config.directory;
  return {
    devices,
    directory: {
      path,
      access: glance(() => machine.access(path), "absent"),
      space: glance(() => machine.space(path), null),
    },
    controller: { host, port, reach: await attempt(() => machine.reach(host, port), null) },
    certificate: glance(() => certificateOf(machine, path), { state: "unreadable" }),
  };
}

/** By its shape, not by its driver: a new driver on an old kind of wire needs nothing here. */
async function placeOf(machine: Machine, given: DeviceConfig, seen: Seen): Promise<PlaceFact> {
  if ("path" in given) return pathPlace(machine, given.path);
  if ("line" in given) {
    const { line } = given;
    if ("path" in line) return pathPlace(machine, line.path);
    const { host, port } = line;
    return { kind: "network", host, port, reach: await attempt(() => machine.reach(host, port), null) };
  }
  if ("vendorId" in given) {
    const { vendorId, productId } = given;
    const through = "through" in given ? given.through : "libusb";
    const found = seen.hid.find((device) => device.vendorId === vendorId && device.productId === productId);
    return { kind: "usb", vendorId, productId, through, access: found?.access ?? null };
  }
  if (given.driver === "onoff") return sysfsPlace(machine, given.chip);
  if ("chip" in given) {
    const found = seen.chips.find(({ label }) => label === given.chip);
    return { kind: "chip", label: given.chip, access: found?.access ?? "absent" };
  }
  return { kind: "none" };
}

const SYSFS = "/sys/class/gpio";

async function sysfsPlace(machine: Machine, label: string): Promise<PlaceFact> {
  const isThere = machine.access(`${SYSFS}/export`, "write") !== "absent";
  const chips = machine.list(SYSFS).filter((name) => /^gpiochip\d+$/u.test(name));
  const labels = chips.flatMap((chip) => machine.readText(`${SYSFS}/${chip}/label`)?.trim() ?? []);
  const access = labels.includes(label) ? machine.access(`${SYSFS}/export`, "write") : "absent";
  const loads = await attempt(() => machine.loadsOnoff(), false);
  return { kind: "sysfs-chip", label, labels: isThere ? labels : null, access, loads };
}

const pathPlace = (machine: Machine, path: string): PlaceFact => ({
  kind: "path",
  path,
  access: machine.access(path),
  stable: stableNameOf(machine, path),
});

/** A sign that is drawn in dots needs a font of the operating system besides its wire. */
function fontOf(machine: Machine, { nameplate }: TerminalConfig["devices"]): DeviceFact | null {
  if (nameplate.driver !== "onbon" || nameplate.card !== "6E") return null;
  const path = nameplate.font ?? UNIFONT_FILE;
  return { device: "nameplate", driver: nameplate.driver, place: { kind: "file", path, access: machine.access(path) } };
}

function certificateOf(machine: Machine, directory: string): CertificateFact {
  const pem = machine.readText(join(directory, IDENTITY_FILES.certificate));
  if (pem === null) return { state: "absent" };
  const dates = machine.certificateDates(pem);
  return dates === null ? { state: "unreadable" } : { state: "read", fromMs: dates.from, toMs: dates.to };
}
