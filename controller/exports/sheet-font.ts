import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";
import { HallError, messageOf } from "../../protocol/index.ts";

// Noto Sans SC as an npm package, so that a sheet looks the same on every machine and none needs fonts installed. Only
// the characters that are used go into a document.

const PACKAGE_FILE = (weight: number): string =>
  `@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff`;

const WOFF_SIGNATURE = 0x774f4646;
const WOFF_HEADER_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;
const SFNT_HEADER_BYTES = 12;
const SFNT_ENTRY_BYTES = 16;

export interface SheetFonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

/** HallError FONT_MISSING where the package was left out: nothing is printed with boxes for characters. */
export function openSheetFonts(): SheetFonts {
  return { regular: fontOf(400), bold: fontOf(700) };
}

function fontOf(weight: number): Buffer {
  const name = PACKAGE_FILE(weight);
  try {
    return sfntOf(readFileSync(createRequire(import.meta.url).resolve(name)));
  } catch (thrown) {
    const line = `the Chinese font of sheets is not installed (${messageOf(thrown)}); run npm ci`;
    throw new HallError("FONT_MISSING", line, { name }, thrown);
  }
}

/** WOFF 1.0 unpacked, each table a zlib stream or as it is: the font reader would unpack them at each use. */
function sfntOf(woff: Buffer): Buffer {
  if (woff.readUInt32BE(0) !== WOFF_SIGNATURE) return woff;
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(SFNT_HEADER_BYTES + count * SFNT_ENTRY_BYTES);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const power = 2 ** Math.floor(Math.log2(count));
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * 16, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (let at = 0; at < count; at += 1) {
    const entry = WOFF_HEADER_BYTES + at * WOFF_ENTRY_BYTES;
    const from = woff.readUInt32BE(entry + 4);
    const [packed, length] = [woff.readUInt32BE(entry + 8), woff.readUInt32BE(entry + 12)];
    const stored = woff.subarray(from, from + packed);
    const table = packed < length ? inflateSync(stored, { maxOutputLength: length }) : stored;
    const place = SFNT_HEADER_BYTES + at * SFNT_ENTRY_BYTES;
    woff.copy(head, place, entry, entry + 4);
    head.writeUInt32BE(woff.readUInt32BE(entry + 16), place + 4);
    head.writeUInt32BE(offset, place + 8);
    head.writeUInt32BE(length, place + 12);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(table, padding);
    offset += table.length + padding.length;
  }
  return Buffer.concat(parts);
}
