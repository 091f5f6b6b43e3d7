import { assert } from "../../protocol/base/assert.ts";
import { u16, u32 } from "./little-endian.ts";

// Commands of a BX font card. Areas are dynamic ones: kept in the card's memory alone, so that they may be renewed as
// often as one likes, and each with a time after which the card stops showing it.

const ANSWER = 0x01;

export const screenPower = (on: boolean): Uint8Array => Uint8Array.of(0xa3, 0x00, ANSWER, 0, 0, on ? 1 : 2);

export const clearScreen = (): Uint8Array => Uint8Array.of(0xa3, 0x10, ANSWER, 0, 0);

/** The hall's civil time; a card knows no zone. */
export interface CardTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
}

/** Binary coded decimals, the year's two low digits first. */
export function setClock({ year, month, day, hour, minute, second, weekday }: CardTime): Uint8Array {
  assert(year >= 2000 && year <= 2099, "a card counts from 2000 to 2099");
  const rest = [month, day, hour, minute, second, weekday].map(bcd);
  return Uint8Array.of(0xa2, 0x03, ANSWER, 0, 0, bcd(year % 100), bcd(Math.trunc(year / 100)), ...rest);
}

function bcd(value: number): number {
  assert(Number.isInteger(value) && value >= 0 && value <= 99, "two decimal digits");
  return Math.trunc(value / 10) * 16 + (value % 10);
}

/** How an area goes on: for ever round, or until it has not been renewed for so long. */
export type BxRun = { readonly kind: "forever" } | { readonly kind: "until-stale"; readonly seconds: number };

export interface BxTextArea {
  /** From 0 up, without gaps. */
  readonly id: number;
  /** Dots. Fifth-generation cards count x and width in bytes: both are multiples of 8. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly run: BxRun;
  /** How new text comes: `static` replaces the old in place, `fast` draws it anew, as the vendor's library does. */
  readonly display: "static" | "fast";
  /** GB2312, with the card's own escapes. */
  readonly text: Uint8Array;
}

/** 5K cards count x and width in bytes, 6K cards in dots. */
export type BxGeneration = 5 | 6;

const RUN_FOREVER = 0;
const RUN_UNTIL_STALE = 2;
/** The card's own when an area never ends. */
const TIMEOUT_UNUSED = 5;
const MANY_LINES = 0x02;
/** The layout is ours: a card that breaks lines too would break them elsewhere. */
const BREAK_NO_LINES = 0x01;
const DISPLAY = { static: 0x01, fast: 0x02 } as const;
const HOLD = 8;

/** Renews these areas and deletes those of the ids in `deleted`; other areas stay. */
export function updateAreas(
  areas: readonly BxTextArea[],
  generation: BxGeneration,
  deleted: readonly number[] = [],
): Uint8Array {
  assert(areas.length > 0 && areas.length <= 0xff && deleted.length <= 0xff, "areas are counted in one byte");
  const blocks = areas.flatMap((area) => {
    const block = areaBlock(area, generation);
    return [...u16(block.length), ...block];
  });
  return Uint8Array.from([0xa3, 0x06, ANSWER, 0, 0, deleted.length, ...deleted, areas.length, ...blocks]);
}

function areaBlock({ id, x, y, width, height, run, display, text }: BxTextArea, generation: BxGeneration): number[] {
  assert(x % 8 === 0 && width % 8 === 0, "x and width are whole bytes of dots");
  const unit = generation === 5 ? 8 : 1;
  const [mode, timeout] = run.kind === "forever" ? [RUN_FOREVER, TIMEOUT_UNUSED] : [RUN_UNTIL_STALE, run.seconds];
  const place = [x / unit, y, width / unit, height].flatMap(u16);
  const manner = [0, 0, 0, MANY_LINES, BREAK_NO_LINES, DISPLAY[display], 0, 0, HOLD];
  return [0x00, ...place, id, 0, mode, ...u16(timeout), ...manner, ...u32(text.length), ...text];
}
