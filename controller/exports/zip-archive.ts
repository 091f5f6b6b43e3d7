import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { assert } from "../../protocol/index.ts";

// A ZIP archive as office documents are: small, written whole, with no times in it, so that the same content is
// the same bytes. PKWARE APPNOTE 4.3.

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const VERSION_NEEDED = 20;
const UTF8_NAMES = 0x0800;
/** 1980-01-01: the earliest that the format can say. */
const NO_DATE = 0x0021;
const STORED = 0;
const DEFLATED = 8;
const END_BYTES = 22;
/** More is no sheet of ours. */
const UNPACKED_BYTES_MAX = 64 * 1024 * 1024;

export interface ZipEntry {
  readonly name: string;
  readonly text: string;
  /** Left as it is, so that it can be found in the bytes. */
  readonly stored?: boolean;
}

export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, text, stored = false } of entries) {
    const [path, plain] = [Buffer.from(name, "utf8"), Buffer.from(text, "utf8")];
    const packed = stored ? plain : deflateRawSync(plain, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION_NEEDED, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(stored ? STORED : DEFLATED, 4);
    common.writeUInt16LE(NO_DATE, 8);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(path.length, 22);
    locals.push(uint32(LOCAL_SIGNATURE), common, path, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    centrals.push(uint32(CENTRAL_SIGNATURE), uint16(VERSION_NEEDED), common, place, path);
    offset += 4 + common.length + path.length + packed.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

/** The texts of an archive of ours by name; null for what is none. */
export function unzip(archive: Buffer): ReadonlyMap<string, string> | null {
  try {
    return entriesOf(archive);
  } catch {
    return null;
  }
}

function entriesOf(archive: Buffer): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const end = archive.length - END_BYTES;
  assert(archive.readUInt32LE(end) === END_SIGNATURE, "the archive ends with its directory");
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = archive.readUInt16LE(at + 10);
    const packed = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(from, from + packed);
    const plain = method === STORED ? bytes : inflateRawSync(bytes, { maxOutputLength: UNPACKED_BYTES_MAX });
    found.set(name, plain.toString("utf8"));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return found;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
