import type { Bilingual } from "../../protocol/index.ts";
import type { DeviceFact, DeviceName, Facts, PlaceFact } from "./facts.ts";
import { bad, type Finding, note, well } from "./finding.ts";
import { joinGroup, udevFix } from "./judge-machine.ts";
import type { Access, Reach } from "./machine.ts";
import { usbId } from "./usb-names.ts";

// The devices that a configuration names: are they there, and may this user have them?

export const DEVICE_NAMES: Readonly<Record<DeviceName, Bilingual>> = {
  badgeReader: { zh: "读卡器", en: "badge reader" },
  buttons: { zh: "按键", en: "buttons" },
  ratingKeypad: { zh: "评价器", en: "rating keypad" },
  nameplate: { zh: "窗口屏", en: "nameplate" },
};

/** A name that the kernel gives by order of arrival. ttyAMA, ttyS and serial0 are soldered on. */
const RENUMBERED = /\/tty(?:USB|ACM)\d+$/u;

export function judgeDevice(fact: DeviceFact, facts: Facts): Finding {
  const { device, driver, place } = fact;
  const name = { zh: `${DEVICE_NAMES[device].zh} ${driver}`, en: `${DEVICE_NAMES[device].en} ${driver}` };
  if (driver === "absent")
    return note("DEVICE_ABSENT", `${DEVICE_NAMES[device].zh}：未配置`, `${DEVICE_NAMES[device].en}: not fitted`);
  switch (place.kind) {
    case "path":
      return judgePath(name, place, facts);
    case "usb":
      return judgeUsbDevice(name, place, facts);
    case "chip":
      return judgeGpio(name, place, facts);
    case "sysfs-chip":
      return judgeSysfs(name, place, facts.user);
    case "network":
      return judgeReach(name, `${place.host}:${place.port}`, place.reach);
    case "file":
      return judgeFont(name, place.path, place.access);
    case "none":
      return well("DEVICE_OK", `${name.zh}：无需接线`, `${name.en}: needs no wire`);
  }
}

const ok = (name: Bilingual, where: string): Finding =>
  well("DEVICE_OK", `${name.zh}：${where}`, `${name.en}: ${where}`);

const missing = (name: Bilingual, where: string, fix: Bilingual): Finding =>
  bad("DEVICE_MISSING", { zh: `${name.zh} 未接入：${where}`, en: `${name.en} is not there: ${where}` }, fix);

const denied = (name: Bilingual, where: string, fix: Bilingual): Finding =>
  bad("DEVICE_DENIED", { zh: `${name.zh} 无权限：${where}`, en: `${name.en}: no permission for ${where}` }, fix);

function judgePath(name: Bilingual, place: Extract<PlaceFact, { kind: "path" }>, { serial, user }: Facts): Finding {
  const { path, access, stable } = place;
  if (access === "denied") return denied(name, path, joinGroup("dialout", user));
  if (access === "absent") {
    const others = serial.map((line) => line.stable ?? line.path).join(" ");
    const found = others === "" ? { zh: "（没有串口）", en: "(no serial line)" } : { zh: others, en: others };
    return missing(name, path, {
      zh: `插好连线；或把 path 改为现有的：${found.zh}`,
      en: `plug it in; or set path to one that is there: ${found.en}`,
    });
  }
  if (!RENUMBERED.test(path)) return ok(name, path);
  const better = stable ?? "/dev/serial/by-path/…";
  return bad(
    "DEVICE_PATH_UNSTABLE",
    { zh: `${name.zh} 的路径会变号：${path}`, en: `${name.en}: ${path} may be another device after a replug` },
    { zh: `把 path 改为 ${better}`, en: `set path to ${better}` },
  );
}

function judgeUsbDevice(name: Bilingual, place: Extract<PlaceFact, { kind: "usb" }>, { hid }: Facts): Finding {
  const where = usbId(place);
  if (place.access === "denied") return denied(name, where, udevFix(place));
  if (place.access === "ok") return ok(name, where);
  const others = hid.map((device) => [usbId(device), device.product].filter(Boolean).join(" ")).join(", ");
  return missing(name, where, {
    zh: `插好 USB；或把 vendorId 与 productId 改为现有的：${others === "" ? "（没有）" : others}`,
    en: `plug it in; or set vendorId and productId to one that is there: ${others === "" ? "(none)" : others}`,
  });
}

function judgeGpio(name: Bilingual, { label, access }: Extract<PlaceFact, { kind: "chip" }>, facts: Facts): Finding {
  if (access === "ok") return ok(name, label);
  if (access === "denied") return denied(name, label, joinGroup("gpio", facts.user));
  const labels = facts.chips.flatMap((chip) => (chip.label === null ? [] : [chip.label])).join(" ") || "–";
  return missing(name, label, {
    zh: `把 chip 改为本机的芯片：${labels}`,
    en: `set chip to one of this board: ${labels}`,
  });
}

function judgeSysfs(name: Bilingual, place: Extract<PlaceFact, { kind: "sysfs-chip" }>, user: string): Finding {
  const { label, labels, access, loads } = place;
  if (labels === null) {
    return bad(
      "GPIO_NO_SYSFS",
      { zh: `${name.zh}：内核没有 /sys/class/gpio`, en: `${name.en}: this kernel has no /sys/class/gpio` },
      { zh: "把 driver 改为 gpiomon", en: "set driver to gpiomon" },
    );
  }
  if (access === "absent") {
    const found = labels.join(" ") || "–";
    return missing(name, label, {
      zh: `把 chip 改为本机的芯片：${found}`,
      en: `set chip to one of this board: ${found}`,
    });
  }
  if (access === "denied") {
    const group = joinGroup("gpio", user);
    return denied(name, "/sys/class/gpio/export", {
      zh: `${group.zh}；固件用 install.sh --sysfs-gpio 安装`,
      en: `${group.en}; firmware is installed with install.sh --sysfs-gpio`,
    });
  }
  if (loads) return ok(name, label);
  return bad(
    "ONOFF_NOT_BUILT",
    { zh: `${name.zh} 的本地模块未编译`, en: `${name.en}: its native module is not built for this Node` },
    {
      zh: "npm run onoff（需要 g++）；或把 driver 改为 gpiomon",
      en: "npm run onoff (needs g++); or set driver to gpiomon",
    },
  );
}

function judgeReach(name: Bilingual, where: string, reach: Reach | null): Finding {
  if (reach === "ok" || reach === null) return ok(name, where);
  return bad(
    "DEVICE_UNREACHABLE",
    { zh: `${name.zh} 不可达：${where}`, en: `${name.en} cannot be reached at ${where}` },
    { zh: "检查网线、电源与地址", en: "check its cable, power and address" },
  );
}

function judgeFont(name: Bilingual, path: string, access: Access): Finding {
  if (access === "ok") return ok(name, path);
  return bad(
    "FONT_MISSING",
    { zh: `${name.zh} 缺字库：${path}`, en: `${name.en} has no font: ${path}` },
    { zh: "sudo apt install unifont", en: "sudo apt install unifont" },
  );
}
