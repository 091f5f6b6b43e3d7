import { barChart, barColumns, type Bar } from "./bar-chart.ts";
import type { DayFigures } from "./day-figures.ts";
import { clockText, type QuarterHour } from "./quarter-hours.ts";
import type { Spread } from "./spread.ts";
import { padEnd, padStart } from "./text-width.ts";

/** What the words of a row take, Chinese and English. */
const WORDS = 26;
const CHART_LINES = 6;
/** An hour's columns from which its label has minutes. */
const LONG_LABEL_FROM = 7;

/** The day as a manager reads it, Chinese first, `width` columns wide. */
export function dayReport(figures: DayFigures, width: number): string {
  const { quarters } = figures;
  const chart = (value: (quarter: QuarterHour) => number): string[] =>
    barChart(barsOf(quarters, value, width), { width, height: CHART_LINES });
  return [
    "",
    ...heading(figures),
    "",
    ...ticketRows(figures),
    "",
    ...waitingRows(figures),
    "",
    ...windowRows(figures),
    "",
    ...ratingRows(figures),
    "",
    ...handRows(figures),
    "",
    "  每刻钟到达人数 · Arrivals per quarter hour",
    ...chart(({ arrivals }) => arrivals),
    "",
    "  每刻钟最多等候人数 · Most people waiting, per quarter hour",
    ...chart(({ waitingMost }) => waitingMost),
    "",
  ].join("\n");
}

function heading({ options, citizens }: DayFigures): string[] {
  const { counters, seed } = options;
  return [
    "  模拟大厅的一天 · A working day in the simulated hall",
    `  ${counters} 个窗口 counters · ${citizens.came} 位群众 citizens · 种子 seed ${seed}`,
    "  08:00-12:00, 14:00-17:30",
  ];
}

const row = (zh: string, en: string, values: string): string => `  ${padEnd(`${zh} ${en}`, WORDS)} ${values}`.trimEnd();
const inner = (zh: string, en: string, values: string): string => row(`  ${zh}`, en, values);

const COUNT = 7;
const number = (value: number): string => padStart(String(value), COUNT);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const counted = (value: number, of: number): string =>
  `${number(value)}  ${padStart(of === 0 ? "" : percent(value / of), COUNT)}`;

function ticketRows({ tickets, reEntered, citizens }: DayFigures): string[] {
  const { issued } = tickets;
  const { left } = citizens;
  const rest = tickets.cancelled + tickets.dayEnded + tickets.open;
  return [
    row("取号", "Tickets issued", number(issued)),
    inner("办结", "served", counted(tickets.served, issued)),
    inner("过号", "no-show", `${counted(tickets.noShow, issued)}   (${reEntered} 人次恢复排队 came back)`),
    inner("婉拒", "declined", counted(tickets.declined, issued)),
    inner("未打印", "not printed", counted(tickets.notPrinted, issued)),
    ...(rest === 0 ? [] : [inner("其他", "cancelled or open", counted(rest, issued))]),
    row(
      "提前离开",
      "Left unserved",
      `${number(left.impatient + left["too-late"])}   (未取到号 no ticket ${left["no-ticket"]})`,
    ),
  ];
}

/** Minutes and seconds. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function spread(zh: string, en: string, times: Spread | null): string {
  if (times === null) return row(zh, en, number(0));
  const { meanMs, p50Ms, p90Ms, maxMs } = times;
  return row(zh, en, [meanMs, p50Ms, p90Ms, maxMs].map((ms) => padStart(clock(ms), COUNT)).join("  "));
}

function waitingRows({ waiting, service, peakQueue }: DayFigures): string[] {
  const heads = ["平均mean", "p50", "p90", "最长max"].map((head) => padStart(head, COUNT)).join("  ");
  return [
    row("分:秒", "min:s", heads),
    spread("等候", "Waiting", waiting),
    spread("办理", "Service", service),
    row("最多等候", "Longest queue", `${number(peakQueue.waiting)}   (${clockText(peakQueue.atMs)})`),
  ];
}

function windowRows({ windows, extended, staff }: DayFigures): string[] {
  const { mean, min, max } = windows.utilisation;
  const share = (part: number): string => padStart(percent(part), COUNT);
  return [
    row("窗口利用率", "Utilisation", `${share(mean)}   办理/在岗 serving, of time on duty`),
    inner("最低", "least", `${share(min)}   ${windows.leastUsed} 号窗口 counter`),
    inner("最高", "most", `${share(max)}   ${windows.mostUsed} 号窗口 counter`),
    row("延时服务", "Extended", `${number(extended.minutes)}   分钟 min, ${extended.windows} 个窗口 windows`),
    row(
      "暂停/外出/代岗",
      "Breaks",
      `${number(staff.pauses)}   外出 out ${staff.outings}, 代岗 covered ${staff.covers}`,
    ),
  ];
}

const LEVEL_NAMES = [
  [5, "非常满意", "very good"],
  [4, "满意", "good"],
  [3, "基本满意", "fair"],
  [2, "不满意", "poor"],
  [1, "非常不满意", "very poor"],
] as const;

function ratingRows({ ratings }: DayFigures): string[] {
  const { asked, given, levels, mean } = ratings;
  const average = mean === null ? "" : `   平均 mean ${mean.toFixed(2)}`;
  return [
    row("请评", "Ratings asked for", number(asked)),
    row("评价", "Ratings given", `${counted(given, asked)}${average}`),
    ...LEVEL_NAMES.map(([level, zh, en]) => inner(zh, en, counted(levels[level], given))),
  ];
}

function handRows({ taps, calls, presses, staff, log }: DayFigures): string[] {
  const { signOns, signOffs, refused } = taps;
  const duty = `上岗 on ${signOns}, 下岗 off ${signOffs}`;
  const others = `巡查 patrol, ${refused} 次未准 refused`;
  return [
    row("呼叫", "Calls", `${number(calls.called)}   重呼 recalled ${calls.recalled}`),
    row("刷卡", "Badge taps", `${number(taps.all)}   ${duty}`),
    inner("其中", "of these", `${number(staff.patrols)}   ${others}`),
    row(
      "按键",
      "Key presses",
      `${number(presses.keys)}   未准 refused ${presses.refused}; 评价键 rating ${presses.ratings}`,
    ),
    row("事件日志", "Events on record", number(log.events)),
  ];
}

/** Hours are named. Quarters in which nobody comes and nobody waits are left out. */
function barsOf(quarters: readonly QuarterHour[], value: (quarter: QuarterHour) => number, width: number): Bar[] {
  const shown = quarters.filter(({ arrivals, waitingMost }) => arrivals > 0 || waitingMost > 0);
  const isLong = 4 * barColumns(shown.length, width) >= LONG_LABEL_FROM;
  return shown.map((quarter) => {
    const label = isLong ? quarter.from : quarter.from.slice(0, 2);
    return { value: value(quarter), label: quarter.from.endsWith(":00") ? label : "" };
  });
}
