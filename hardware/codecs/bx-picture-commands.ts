import { assert } from "../../protocol/base/assert.ts";
import type { Bitmap } from "./bitmap.ts";
import type { BxRun } from "./bx-font-commands.ts";
import { u16, u32 } from "./little-endian.ts";

// The command of a BX picture card (6E, 6Q): a dynamic area whose one page is a picture. From the published field
// tables; a set bit is a lit dot.

const ANSWER = 0x01;
const RUN_FOREVER = 0;
const RUN_UNTIL_STALE = 2;
const AREA_TYPE = 0x10;
const STATIC = 0x01;
/** Hundredths of a second; a page that stands alone stays anyway. */
const HOLD = 500;

export interface BxPictureArea {
  readonly id: number;
  /** Dots. */
  readonly x: number;
  readonly y: number;
  readonly run: BxRun;
  readonly picture: Bitmap;
}

export function showPicture({ id, x, y, run, picture }: BxPictureArea): Uint8Array {
  assert(id >= 0 && id <= 0xff, "an area's number is one byte");
  const [mode, timeout] = run.kind === "forever" ? [RUN_FOREVER, 0] : [RUN_UNTIL_STALE, run.seconds];
  const size = picture.bytes.length;
  const page = [0, STATIC, 0, 0, ...u16(HOLD), 1, ...u16(picture.width), ...zeros(9), ...u32(0), ...u32(size)];
  const place = [x, y, picture.width, picture.height].flatMap(u16);
  const area = [id, mode, ...u16(timeout), 0, ...u16(0), 1, ...zeros(4), AREA_TYPE, ...place, ...zeros(10), ...u16(1)];
  const blocks = [...u32(area.length), ...area, ...u32(page.length), ...page];
  return Uint8Array.from([ANSWER, 0xa7, 0x00, 0, 0, ...u16(1), ...blocks, ...picture.bytes]);
}

const zeros = (count: number): readonly number[] => [...new Uint8Array(count)];

export const pictureScreenPower = (on: boolean): Uint8Array => Uint8Array.of(ANSWER, 0xa3, 0x00, 0, 0, on ? 1 : 2);
