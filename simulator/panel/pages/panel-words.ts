import type { Words } from "../../../controller/web/design/design.ts";
import type { CounterView } from "../../wire/ipc.ts";

const words = (zh: string, en: string): Words => ({ zh, en });

export const LAMPS: { readonly [K in CounterView["lamps"]["call"]]: Words } = {
  off: words("灯灭", "lamp off"),
  on: words("灯亮", "lamp on"),
  blink: words("灯闪", "lamp blinking"),
};

export const BEEPS: { readonly [K in NonNullable<CounterView["beep"]>["pattern"]]: Words } = {
  accepted: words("滴 已接受", "Beep: accepted"),
  refused: words("嘟嘟 已拒绝", "Double buzz: refused"),
  attention: words("嘀嘀嘀 请注意", "Chirp: attention"),
};

export const KEYPAD: { readonly [K in CounterView["keypad"]]: Words } = {
  dark: words("未开启评价", "Not asking"),
  asking: words("请您评价", "Please rate"),
  thanks: words("谢谢您的评价", "Thank you"),
};

export const LINKS: { readonly [K in CounterView["link"]]: Words } = {
  up: words("已连接控制器", "Controller connected"),
  down: words("未连接控制器", "No controller"),
};

/** What the power switch really does is said on it: the simulator has no mains to cut. */
export const POWER = {
  on: words("通电", "Power on"),
  off: words("断电", "Power off"),
  cut: words("断电：立即结束终端进程 (kill -9)", "Cut power: ends the terminal's process at once (kill -9)"),
  restore: words("通电：重新启动终端进程", "Restore power: starts the terminal's process"),
} as const;

export const windowName = (counterId: string): Words =>
  words(`${counterId.toUpperCase()}号窗口`, `Counter ${counterId.toUpperCase()}`);
