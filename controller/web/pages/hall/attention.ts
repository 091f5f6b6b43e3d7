import type { Bilingual as Words } from "../../../../protocol/index.ts";
import { faultWords } from "./device-words.ts";
import type { CounterOverview, HallOverview, QueueOverview, TerminalOverview } from "./hall-contract.ts";

/** What somebody should see to, the most pressing kind first. */
const KINDS = ["assistance", "terminal-lost", "vacancy", "pause-over", "long-wait", "terminal-ill"] as const;
export type AttentionKind = (typeof KINDS)[number];

export interface Attention {
  readonly kind: AttentionKind;
  /** The same while it lasts: a page keeps its place by it. */
  readonly key: string;
  /** Where it is: a window, a queue, a terminal. */
  readonly place: Words;
  readonly what: Words;
  readonly sinceMs: number | null;
  /** The window that calls for help. */
  readonly counter: string | null;
}

// Product defaults: no regulation gives them.
/** Somebody who waits longer than this is worth a look. */
export const WAIT_LONG_MS = 30 * 60_000;
/** A wall clock further off than this tells wrong times in its log. */
export const CLOCK_OFFSET_MAX_MS = 2_000;
/** More inputs than this on their way are no longer the traffic of a moment. */
export const BACKLOG_MAX = 20;

export const rankOf = (kind: AttentionKind): number => KINDS.indexOf(kind);

/** Everything that needs somebody now: by kind, then the longest standing first. */
export function attentionOf(
  overview: HallOverview,
  terminals: readonly TerminalOverview[],
  nowMs: number,
): Attention[] {
  const found = [
    ...overview.counters.flatMap((counter) => ofCounter(counter, nowMs)),
    ...overview.queues.flatMap((queue) => ofQueue(queue, nowMs)),
    ...terminals.flatMap(ofTerminal),
  ];
  return found.sort((a, b) => rankOf(a.kind) - rankOf(b.kind) || (a.sinceMs ?? 0) - (b.sinceMs ?? 0));
}

/** The windows, those that need somebody first; otherwise in the hall's own order. */
export function byAttention(counters: readonly CounterOverview[], found: readonly Attention[]): CounterOverview[] {
  const ranks = new Map<string, number>();
  for (const { counter, kind } of found) {
    if (counter !== null) ranks.set(counter, Math.min(ranks.get(counter) ?? KINDS.length, rankOf(kind)));
  }
  const rank = ({ counter }: CounterOverview): number => ranks.get(counter) ?? KINDS.length;
  return counters.toSorted((a, b) => rank(a) - rank(b));
}

export const windowName = (counter: string): Words => ({
  zh: `${counter.toUpperCase()}号窗口`,
  en: `Counter ${counter.toUpperCase()}`,
});

function ofCounter(counter: CounterOverview, nowMs: number): Attention[] {
  const here = (kind: AttentionKind, what: Words, sinceMs: number | null): Attention => {
    const key = `${kind} ${counter.counter}`;
    return { kind, key, place: windowName(counter.counter), what, sinceMs, counter: counter.counter };
  };
  const { assistanceSinceMs, vacant, pause } = counter;
  const found: Attention[] = [];
  if (assistanceSinceMs !== null) {
    found.push(here("assistance", { zh: "请求协助", en: "Calls for assistance" }, assistanceSinceMs));
  }
  if (vacant) found.push(here("vacancy", { zh: "应开未开，无人在岗", en: "Should be open, nobody on duty" }, null));
  if (pause !== null && pause.untilMs !== null && pause.untilMs < nowMs) {
    const what = { zh: `${pause.reason.zh}，已过预计时间`, en: `${pause.reason.en}: longer than expected` };
    found.push(here("pause-over", what, pause.untilMs));
  }
  return found;
}

function ofQueue({ queue, letter, names, longestSinceMs }: QueueOverview, nowMs: number): Attention[] {
  if (longestSinceMs === null || nowMs - longestSinceMs < WAIT_LONG_MS) return [];
  const [name = { zh: "", en: "" }] = names;
  const place = { zh: `${letter} ${name.zh}`, en: `${letter} ${name.en}` };
  const what = { zh: "等候时间长", en: "Long wait" };
  return [{ kind: "long-wait", key: `long-wait ${queue}`, place, what, sinceMs: longestSinceMs, counter: null }];
}

function ofTerminal(terminal: TerminalOverview): Attention[] {
  if (terminal.counter === null && terminal.sinceMs === null) return [];
  const id = terminal.terminal;
  const place = terminal.counter === null ? { zh: `终端 ${id}`, en: `Terminal ${id}` } : windowName(terminal.counter);
  const here = (kind: AttentionKind, what: Words, sinceMs: number | null): Attention[] => [
    { kind, key: `${kind} ${id}`, place, what, sinceMs, counter: terminal.counter },
  ];
  if (!terminal.online)
    return here("terminal-lost", { zh: `终端 ${id} 失联`, en: `Terminal ${id} lost` }, terminal.sinceMs);
  const ill = illsOf(terminal);
  return ill === null ? [] : here("terminal-ill", ill, null);
}

/** What is wrong with a terminal that is there; null when nothing is. */
export function illsOf({ faults: [fault], health }: TerminalOverview): Words | null {
  if (fault !== undefined) return faultWords(fault);
  if (health === null) return null;
  if (Math.abs(health.clockOffsetMs ?? 0) > CLOCK_OFFSET_MAX_MS)
    return { zh: "终端时钟偏差", en: "Terminal clock is off" };
  if (health.messagesRefused > 0) return { zh: "终端消息被拒", en: "Terminal had messages refused" };
  if (health.backlog > BACKLOG_MAX) return { zh: "终端记录积压", en: "Terminal journal is behind" };
  return null;
}
