import type { Board, BoardLine, BoardVoice } from "../../../../protocol/index.ts";
import type { Words } from "../../design/design.ts";

/** How long a notice, or a page of a list, stands before the next one takes its place. */
const TURN_MS = 10_000;
/** Signs of a ticket number that fit into a line at full size. */
const NUMBER_SIGNS_MAX = 5;

export const isLongNumber = (ticketNumber: string): boolean => ticketNumber.length > NUMBER_SIGNS_MAX;

/** A window as it is painted over it: "3", "A12". */
export const windowNumber = (counterId: string): string => counterId.toUpperCase();

export const windowWords = (counterId: string): Words => ({
  zh: `${windowNumber(counterId)}号窗口`,
  en: `Window ${windowNumber(counterId)}`,
});

const DIGITS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"] as const;

/** A ticket number sign by sign, so that A012 is not read as "A twelve". The commas are breaths. */
const spelt = (text: string): string => Array.from(text, (sign) => DIGITS[Number.parseInt(sign, 10)] ?? sign).join(" ");

/** 请 A 零 一 二 号，到 3 号窗口办理。 */
export const spokenCall = ({ ticketNumber, counterId }: Pick<BoardVoice, "ticketNumber" | "counterId">): string =>
  `请，${spelt(ticketNumber)} 号，到 ${windowNumber(counterId)} 号窗口办理。`;

/** What a screen of `zone` shows; null is a screen for all zones. */
export const inZone = <T extends { readonly zone: string }>(all: readonly T[], zone: string | null): readonly T[] =>
  zone === null ? all : all.filter((each) => each.zone === zone);

export type LineLook = "announcing" | "called" | "serving";

export function lookOf(line: BoardLine, announcing: readonly BoardVoice[]): LineLook {
  if (announcing.some(({ visitId }) => visitId === line.visitId)) return "announcing";
  return line.phase === "serving" ? "serving" : "called"; // A line kept for its time still says where to go.
}

export const LOOK_WORDS: Readonly<Record<LineLook, Words>> = {
  announcing: { zh: "正在叫号", en: "Now calling" },
  called: { zh: "请到窗口", en: "Please come" },
  serving: { zh: "办理中", en: "Serving" },
};

export function hoursWords(hours: Board["hours"]): Words {
  if (hours.length === 0) return { zh: "今日不办理业务", en: "Closed today" };
  const spans = hours.map(({ from, to }) => `${from}–${to}`).join("　");
  return { zh: spans, en: spans };
}

/** The notice whose turn it is at `nowMs`: every screen of the hall shows the same one. */
export const noticeAt = (notices: Board["notices"], nowMs: number): Words | null =>
  pageAt(notices, 1, nowMs)[0] ?? null;

/** The part of a list that is shown at `nowMs`, `size` at a time, part after part. */
export function pageAt<T>(all: readonly T[], size: number, nowMs: number): readonly T[] {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const first = (Math.floor(nowMs / TURN_MS) % pages) * size;
  return all.slice(first, first + size);
}
