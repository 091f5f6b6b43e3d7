import type { UdevFact } from "./facts.ts";
import { bad, type Finding, note } from "./finding.ts";

const TEXTS = {
  missing: { zh: "没有安装 udev", en: "udev is not installed" },
  stopped: { zh: "udevd 未运行", en: "udevd is not running" },
} as const;
const MEANS = {
  zh: "libusb 只列出启动时已插好的读卡器与评价器，后插入的找不到，拔出的仍在",
  en: "libusb knows only the readers and keypads that were there when it began, none plugged in later",
};
const INSTALL = "sudo apt install udev";
const FIXES = {
  missing: { zh: `${INSTALL}，然后重启`, en: `${INSTALL}, then restart` },
  stopped: {
    zh: "sudo systemctl start systemd-udevd，再重启终端程序：sudo systemctl restart hallward-terminal",
    en: "sudo systemctl start systemd-udevd, then sudo systemctl restart hallward-terminal",
  },
} as const;

/** `needed`: the configuration has a reader or keypad on libusb. Without that it is only worth knowing. */
export function judgeUdev(udev: UdevFact | null, needed: boolean): readonly Finding[] {
  if (udev === null || udev === "running") return [];
  const text = { zh: `${TEXTS[udev].zh}：${MEANS.zh}`, en: `${TEXTS[udev].en}: ${MEANS.en}` };
  return [needed ? bad("UDEV_NOT_RUNNING", text, FIXES[udev]) : note("UDEV_NOT_RUNNING", text.zh, text.en)];
}
