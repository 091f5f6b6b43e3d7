import type { Words } from "../../design/design.ts";
import type { TerminalOverview } from "./hall-contract.ts";

type Fault = TerminalOverview["faults"][number];

const say = (zh: string, en: string): Words => ({ zh, en });

const DEVICES: Readonly<Record<string, Words>> = {
  "call-key": say("呼叫键", "Call key"),
  "pause-key": say("暂停键", "Pause key"),
  "badge-reader": say("读卡器", "Badge reader"),
  "rating-keypad": say("评价器", "Rating keypad"),
  nameplate: say("窗口屏", "Nameplate"),
};

/** The faults that many devices have; a driver's own are shown by their code. */
const FAULTS: Readonly<Record<string, Words>> = {
  absent: say("未接入", "not there"),
  unplugged: say("被拔出", "unplugged"),
  "hung-up": say("无连接", "hung up"),
  busy: say("被占用", "in use by another"),
  denied: say("无权限", "no permission"),
  "no-driver": say("缺驱动", "no driver"),
  "no-line": say("缺线路", "lacks a line"),
  failed: say("打不开", "cannot be opened"),
  silent: say("无应答", "does not answer"),
  refused: say("拒绝指令", "refuses orders"),
  stuck: say("卡住", "stuck"),
  chatter: say("抖动", "chatters"),
};

/** 读卡器 被拔出 · Badge reader unplugged. */
export function faultWords({ device, fault }: Fault): Words {
  const { [device]: name = say(device, device) } = DEVICES;
  const { [fault]: what = say(fault, fault) } = FAULTS;
  return { zh: `${name.zh}${what.zh}`, en: `${name.en} ${what.en}` };
}
