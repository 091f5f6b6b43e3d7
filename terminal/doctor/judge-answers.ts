import { type Bilingual, bilingual } from "../../protocol/index.ts";
import { bad, type Finding, note, well } from "./finding.ts";
import { DEVICE_NAMES } from "./judge-devices.ts";
import type { DeviceAnswer } from "./probe-devices.ts";

// What the devices said of themselves when they were opened.

/** These are well only once the device itself has spoken; of the others, the line is open and more cannot be known. */
const ANSWERING: readonly string[] = ["firmata", "gpiomon", "matrix", "onbon", "onoff", "osdp", "pn532"];

const SILENT: Readonly<Record<string, Bilingual>> = {
  firmata: bilingual("烧录 StandardFirmata，核对 baudRate", "flash StandardFirmata, compare baudRate"),
  onbon: bilingual(
    "检查屏的电源与接线，核对 baudRate、card 与地址",
    "check the sign's power and wires, compare baudRate, card and address",
  ),
  osdp: bilingual(
    "检查读卡器电源，核对 address 与 baudRate，对调 A、B 线",
    "check the reader's power, compare address and baudRate, swap wires A and B",
  ),
  pn532: bilingual(
    "检查电源，拨码开关拨到 HSU，对调收发线",
    "check its power, set its switches to HSU, swap transmit and receive",
  ),
};
const CABLE = bilingual("检查电源与接线", "check its power and wires");

const FAULTS: Readonly<Record<string, Bilingual>> = {
  absent: bilingual("插好连线，或改正配置中的名称", "plug it in, or correct its name in the configuration"),
  busy: bilingual(
    "先停终端：sudo systemctl stop hallward-terminal",
    "stop what holds it: sudo systemctl stop hallward-terminal",
  ),
  denied: bilingual("按上面无权限一项修复", "give this user the permission, as said above"),
  "no-driver": bilingual("按上面缺工具或模块一项修复", "install the tool or module named above"),
  "no-line": bilingual("改正配置中的引脚", "correct the pin in the configuration"),
  "default-key": bilingual(
    "在配置中写 commissioning: true 重新启动一次",
    "start once with commissioning: true in the configuration",
  ),
  "wrong-key": bilingual("换用该读卡器的密钥文件", "name the key file that belongs to this reader"),
  insecure: bilingual(
    "读卡器不支持安全通道或要求密钥：核对 key",
    "the reader has no secure channel, or asks for a key: see key",
  ),
  refused: bilingual("核对 card 与 sign（屏的型号与尺寸）", "compare card and sign: the sign's kind and size"),
};

/** `driver`: as the configuration names it. */
export function judgeAnswer({ device, health }: DeviceAnswer, driver: string): Finding {
  const name = bilingual(`${DEVICE_NAMES[device].zh} ${driver}`, `${DEVICE_NAMES[device].en} ${driver}`);
  if (health?.state === "ok") {
    return ANSWERING.includes(driver)
      ? well("DEVICE_ANSWERS", `${name.zh} 有应答`, `${name.en} answers`)
      : note(
          "DEVICE_LISTENS",
          `${name.zh} 的线路已通；它不主动应答，用 --watch 试一次`,
          `${name.en}: the line is open; it speaks only when it is used, so try it with --watch`,
        );
  }
  if (health === null || health.fault === "silent") {
    const text = bilingual(`${name.zh} 没有应答`, `${name.en} does not answer`);
    return bad("DEVICE_SILENT", text, SILENT[driver === "matrix" ? "firmata" : driver] ?? CABLE);
  }
  const text = bilingual(`${name.zh} 故障 ${health.fault}`, `${name.en}: fault ${health.fault}`);
  return bad("DEVICE_FAULT", text, FAULTS[health.fault] ?? CABLE);
}
