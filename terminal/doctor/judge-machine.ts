import type { Bilingual } from "../../protocol/index.ts";
import type { ChipFact, Facts, HidFact, SerialFact, ToolFacts, UsbFact } from "./facts.ts";
import { bad, type Finding, note, well } from "./finding.ts";
import { ANY_SERIAL, chipOf, usbId } from "./usb-names.ts";

// What is plugged in, which driver would take it, and whether this user may.

export function joinGroup(group: string, user: string): Bilingual {
  const command = `sudo usermod -aG ${group} ${user}`;
  return { zh: `${command}，然后重新登录`, en: `${command}, then log in again` };
}

export const judgeSerial = (facts: Facts): readonly Finding[] =>
  facts.serial.length === 0
    ? [note("SERIAL_NONE", "没有串口设备", "no serial line is plugged in")]
    : facts.serial.map((line) => judgeLine(line, facts.user));

function judgeLine({ path, stable, usb, access }: SerialFact, user: string): Finding {
  const chip = usb === null ? null : chipOf(usb);
  const make = usb === null ? "" : ` (${[usbId(usb), chip?.name ?? usb.product].filter(Boolean).join(" ")})`;
  const what = `${stable ?? path}${make}`;
  const drivers = (chip?.drivers ?? ANY_SERIAL).join(", ");
  if (access === "denied") {
    const text = { zh: `无权使用串口 ${what}`, en: `this user may not open the serial line ${what}` };
    return bad("SERIAL_DENIED", text, joinGroup("dialout", user));
  }
  if (stable === null && usb !== null) {
    return bad(
      "SERIAL_NO_STABLE_NAME",
      {
        zh: `串口 ${what} 没有固定名称，重新插拔后可能变号`,
        en: `${what} has no stable name: a replug may renumber it`,
      },
      {
        zh: "安装 udev 并重启：sudo apt install udev",
        en: "install udev and restart: sudo apt install udev",
      },
    );
  }
  return well("SERIAL_FOUND", `串口 ${what}，可用驱动：${drivers}`, `serial line ${what}, drivers: ${drivers}`);
}

/** A serial chip on USB without a line of its own: its kernel module is missing. */
export function judgeUsb({ usb, serial }: Facts): readonly Finding[] {
  const driven = new Set(serial.flatMap((line) => (line.usb === null ? [] : [usbId(line.usb)])));
  return usb.flatMap((device: UsbFact) => {
    const chip = chipOf(device);
    if (chip === null || driven.has(usbId(device))) return [];
    const what = `${usbId(device)} ${chip.name}`;
    const text = { zh: `内核没有驱动 ${what}`, en: `the kernel has no driver for ${what}` };
    const command = `sudo modprobe ${chip.module}`;
    return [bad("USB_NO_DRIVER", text, { zh: `加载内核模块：${command}`, en: `load its module: ${command}` })];
  });
}

export const judgeHid = ({ hid }: Facts): readonly Finding[] =>
  hid.length === 0 ? [note("HID_NONE", "没有 USB 输入设备", "no USB input device is plugged in")] : hid.map(judgeInput);

function judgeInput(device: HidFact): Finding {
  const what = [usbId(device), device.product].filter(Boolean).join(" ");
  if (device.access !== "ok") {
    const text = { zh: `无权使用 USB 设备 ${what}`, en: `this user may not open the USB device ${what}` };
    return bad("HID_DENIED", text, udevFix(device));
  }
  const drivers = device.types ? "keyboard-wedge, usb-keyboard" : "usb-reports";
  return well(
    "HID_FOUND",
    `USB 输入设备 ${what}，可用驱动：${drivers}`,
    `USB input device ${what}, drivers: ${drivers}`,
  );
}

/** The whole rule: both files, of libusb and of hidraw, then belong to the group. */
export function udevFix({ vendorId, productId }: Pick<UsbFact, "vendorId" | "productId">): Bilingual {
  const [vendor, product] = usbId({ vendorId, productId }).split(":");
  const match = `ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}"`;
  const rule = `SUBSYSTEMS=="usb", ${match}, GROUP="plugdev", MODE="0660"`;
  const file = "/etc/udev/rules.d/60-hallward.rules";
  return {
    zh: `在 ${file} 写入 ${rule}，把用户加入 plugdev 组，运行 sudo udevadm control --reload，重新插拔`,
    en: `put ${rule} into ${file}, join the group plugdev, run sudo udevadm control --reload, plug it in again`,
  };
}

export function judgeChips({ chips, i2c, user }: Facts): readonly Finding[] {
  const buses = i2c.map((bus) => note("I2C_FOUND", `I2C 总线 ${bus}`, `I2C bus ${bus}`));
  if (chips.length === 0) return [note("GPIO_NONE", "没有 GPIO 芯片", "no GPIO chip"), ...buses];
  return [...chips.map((chip) => judgeChip(chip, user)), ...buses];
}

function judgeChip({ path, label, access }: ChipFact, user: string): Finding {
  const what = label === null ? path : `${path} [${label}]`;
  if (access === "denied") {
    const text = { zh: `无权使用 GPIO 芯片 ${what}`, en: `this user may not open the GPIO chip ${what}` };
    const group = joinGroup("gpio", user);
    const rule = 'SUBSYSTEM=="gpio", KERNEL=="gpiochip*", GROUP="gpio", MODE="0660"';
    const file = "/etc/udev/rules.d/60-hallward.rules";
    return bad("GPIO_DENIED", text, {
      zh: `${group.zh}；若仍不行，在 ${file} 写入 ${rule}`,
      en: `${group.en}; if that is not enough, put ${rule} into ${file}`,
    });
  }
  return well("GPIO_FOUND", `GPIO 芯片 ${what}，可用驱动：gpiomon`, `GPIO chip ${what}, driver: gpiomon`);
}

const INSTALL_GPIOD = {
  zh: "安装 libgpiod 2 的工具：sudo apt install -t bookworm-backports gpiod",
  en: "install the tools of libgpiod 2: sudo apt install -t bookworm-backports gpiod",
};

/** `needed`: the configuration has buttons on a GPIO chip. Without that its absence is only worth knowing. */
export function judgeTools({ gpiomon, setpriv }: ToolFacts, needed: boolean): readonly Finding[] {
  const found: Finding[] = [];
  const lacks = { zh: "没有 gpiomon，GPIO 按键不可用", en: "gpiomon is not installed: no buttons on GPIO" };
  if (gpiomon === null && needed) found.push(bad("TOOL_GPIOMON_MISSING", lacks, INSTALL_GPIOD));
  else if (gpiomon === null) found.push(note("TOOL_GPIOMON_MISSING", lacks.zh, lacks.en));
  else if (/^[01]\./u.test(gpiomon)) {
    const old = { zh: `gpiomon ${gpiomon} 太旧，需要 2`, en: `gpiomon ${gpiomon} is too old: version 2 is needed` };
    found.push(needed ? bad("TOOL_GPIOMON_OLD", old, INSTALL_GPIOD) : note("TOOL_GPIOMON_OLD", old.zh, old.en));
  } else found.push(well("TOOL_GPIOMON_OK", `gpiomon ${gpiomon}`, `gpiomon ${gpiomon}`));
  if (!setpriv) {
    const text = { zh: "没有 setpriv，无法启动 gpiomon", en: "setpriv is missing: gpiomon cannot be started" };
    const fix = { zh: "sudo apt install util-linux", en: "sudo apt install util-linux" };
    found.push(needed ? bad("TOOL_SETPRIV_MISSING", text, fix) : note("TOOL_SETPRIV_MISSING", text.zh, text.en));
  }
  return found;
}
