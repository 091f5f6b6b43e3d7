import { messageOf } from "../../protocol/index.ts";
import type { TerminalConfig } from "../config.ts";
import { attempt, glance } from "./attempt.ts";
import { gatherTold } from "./gather-told.ts";
import { stableNameOf } from "./stable-name.ts";
import type { ChipFact, ConfigurationFact, Facts, HidFact, SerialFact, UsbFact } from "./facts.ts";
import { udevFact } from "./gather-udev.ts";
import type { Machine } from "./machine.ts";

/** Lines that are soldered on, or that come and go on USB. Consoles are none of ours. */
const SERIAL_NAME = /^tty(?:USB|ACM|AMA)\d+$/u;
const CHIP_NAME = /^gpiochip\d+$/u;

/** Reads the configuration it is asked about; throws HallError for one that is refused. */
export interface AskedConfiguration {
  readonly file: string;
  readonly read: () => TerminalConfig;
}

/** Looks at everything. Never rejects: what cannot be seen is left out. */
export async function gatherFacts(machine: Machine, asked: AskedConfiguration | null): Promise<Facts> {
  const hid = glance(() => hidFacts(machine), []);
  const chips = await attempt(() => chipFacts(machine), []);
  const gpiomon = await attempt(async () => versionIn(await machine.run("gpiomon", ["--version"])), null);
  const setpriv = await attempt(async () => !(await machine.run("setpriv", ["--version"])).missing, false);
  const synchronised = await attempt(() => synchronisation(machine), null);
  return {
    user: glance(() => machine.userName(), "$USER"),
    serial: glance(() => serialFacts(machine), []),
    usb: glance(() => usbFacts(machine), []),
    hid,
    chips,
    i2c: glance(() => machine.list("/dev").filter((name) => /^i2c-\d+$/u.test(name)), []).map((name) => `/dev/${name}`),
    tools: { gpiomon, setpriv },
    udev: glance(() => udevFact(machine), null),
    clock: { nowMs: glance(() => machine.now(), 0), synchronised },
    configuration: await configurationFact(machine, asked, { hid, chips }),
  };
}

/** A refusal has a line for each fault. */
const linesOf = (thrown: unknown): readonly string[] =>
  (thrown instanceof Error ? thrown.message : messageOf(thrown)).split("\n").filter(Boolean);

async function configurationFact(
  machine: Machine,
  asked: AskedConfiguration | null,
  seen: Pick<Facts, "hid" | "chips">,
): Promise<ConfigurationFact> {
  if (asked === null) return { state: "none" };
  const { file } = asked;
  let config: TerminalConfig;
  try {
    config = asked.read();
  } catch (thrown) {
    return { state: "refused", file, reasons: linesOf(thrown) };
  }
  return { state: "read", file, told: await gatherTold(machine, config, seen) };
}

const serialFacts = (machine: Machine): readonly SerialFact[] =>
  machine
    .list("/dev")
    .filter((name) => SERIAL_NAME.test(name))
    .map((name) => {
      const path = `/dev/${name}`;
      return { path, stable: stableNameOf(machine, path), usb: usbBehind(machine, name), access: machine.access(path) };
    });

/** Some folders above the line's own in sysfs stands the USB device. */
const FOLDERS_ABOVE_MAX = 4;

function usbBehind(machine: Machine, name: string): UsbFact | null {
  let folder = machine.target(`/sys/class/tty/${name}/device`);
  for (let up = 0; folder !== null && up < FOLDERS_ABOVE_MAX; up += 1) {
    const usb = usbAt(machine, folder);
    if (usb !== null) return usb;
    folder = folder.slice(0, folder.lastIndexOf("/")) || null;
  }
  return null;
}

function usbAt(machine: Machine, folder: string): UsbFact | null {
  const [vendorId, productId] = ["idVendor", "idProduct"].map((file) =>
    Number.parseInt(machine.readText(`${folder}/${file}`)?.trim() ?? "", 16),
  );
  if (vendorId === undefined || productId === undefined || Number.isNaN(vendorId + productId)) return null;
  return { vendorId, productId, product: machine.readText(`${folder}/product`)?.trim() ?? "" };
}

function usbFacts(machine: Machine): readonly UsbFact[] {
  const folder = "/sys/bus/usb/devices";
  return machine.list(folder).flatMap((name) => usbAt(machine, `${folder}/${name}`) ?? []);
}

const INPUT_CLASS = "03";
const KEYBOARD = "01";

/** By the interfaces that USB lists: a driver that has taken the device away from the kernel's own changes nothing. */
function hidFacts(machine: Machine): readonly HidFact[] {
  const folder = "/sys/bus/usb/devices";
  const found = new Map<string, HidFact>();
  for (const name of machine.list(folder)) {
    const [device = "", number] = name.split(":");
    const read = (file: string): string => machine.readText(`${folder}/${name}/${file}`)?.trim() ?? "";
    if (number === undefined || read("bInterfaceClass") !== INPUT_CLASS) continue;
    const usb = usbAt(machine, `${folder}/${device}`);
    if (usb === null) continue;
    const types = found.get(device)?.types === true || read("bInterfaceProtocol") === KEYBOARD;
    found.set(device, { ...usb, types, access: machine.access(usbFile(machine, `${folder}/${device}`)) });
  }
  return [...found.values()];
}

/** /dev/bus/usb/001/004, which libusb opens. */
function usbFile(machine: Machine, folder: string): string {
  const [bus, device] = ["busnum", "devnum"].map((file) => machine.readText(`${folder}/${file}`)?.trim() ?? "");
  return `/dev/bus/usb/${bus?.padStart(3, "0")}/${device?.padStart(3, "0")}`;
}

/** Labels are told by gpiodetect alone; without it chips are known by their files. */
async function chipFacts(machine: Machine): Promise<readonly ChipFact[]> {
  const names = machine.list("/dev").filter((name) => CHIP_NAME.test(name));
  if (names.length === 0) return [];
  const told = await attempt(async () => (await machine.run("gpiodetect", [])).text, "");
  const labels = new Map(
    [...told.matchAll(/^(\S+) \[(.*)\] \(\d+ lines?\)/gmu)].map(([, name = "", label = ""]) => [name, label]),
  );
  return names.map((name) => ({
    path: `/dev/${name}`,
    label: labels.get(name) ?? null,
    access: machine.access(`/dev/${name}`),
  }));
}

function versionIn({ missing, text }: { readonly missing: boolean; readonly text: string }): string | null {
  return missing ? null : (/v?(\d+\.\d+(?:\.\d+)?)/u.exec(text)?.[1] ?? null);
}

async function synchronisation(machine: Machine): Promise<boolean | null> {
  const { missing, text } = await machine.run("timedatectl", ["show", "--property=NTPSynchronized", "--value"]);
  if (missing || !/^(?:yes|no)\s*$/u.test(text)) return null;
  return text.startsWith("yes");
}
