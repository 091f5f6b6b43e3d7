import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HallError } from "../../../../protocol/index.ts";
import { chainHash, GENESIS, GENESIS_HASH, verifyChain } from "../../../../controller/engine/chain.ts";
import type { LogRecord } from "../../../../controller/engine/ports.ts";

function chained(texts: readonly string[]): LogRecord[] {
  let hash = GENESIS_HASH;
  return texts.map((record, at) => {
    hash = chainHash(hash, record);
    return { seq: at + 1, record, hash };
  });
}

test("a hash is SHA-256 over the 32 bytes of the previous hash and the record's UTF-8 bytes", () => {
  const plain = createHash("sha256").update(Buffer.concat([Buffer.alloc(32), Buffer.from("叫号", "utf8")]));
  expect(chainHash(GENESIS_HASH, "叫号")).toBe(plain.digest("hex"));
});

test("and nothing else: not the length of a record, nor what was hashed before it, has a part in it", () => {
  const plainly = (previous: string, record: string): string =>
    createHash("sha256")
      .update(Buffer.concat([Buffer.from(previous, "hex"), Buffer.from(record, "utf8")]))
      .digest("hex");
  const longest = 40_000;
  const previous = "9d".repeat(32);
  for (const length of [0, longest, 1, 10_911, 10_912, 2, longest - 1, 3]) {
    for (const record of ["a".repeat(length), "叫".repeat(length), "\ud800".repeat(length)]) {
      expect(chainHash(previous, record)).toBe(plainly(previous, record));
    }
  }
  expect(chainHash("9d", "a")).toBe(plainly("9d", "a")); // Whoever edits a log may write anything there.
});

describe("verifyChain", () => {
  test("accepts what was chained, and an empty log", () => {
    const records = chained(["a", "b", "c"]);
    expect(verifyChain(records)).toEqual({ ok: true, head: { seq: 3, hash: records[2]?.hash } });
    expect(verifyChain([])).toEqual({ ok: true, head: GENESIS });
  });

  test("names the first seq that is missing", () => {
    const [first, , third] = chained(["a", "b", "c"]) as [LogRecord, LogRecord, LogRecord];
    expect(verifyChain([first, third])).toMatchObject({ ok: false, badSeq: 2 });
  });

  test("names the seq that the store cannot read", () => {
    const records = function* (): Generator<LogRecord> {
      yield* chained(["a"]);
      throw new HallError("LOG_UNREADABLE", "malformed", { seq: 2 });
    };
    expect(verifyChain(records())).toEqual({ ok: false, badSeq: 2, reason: "malformed" });
  });
});

const arbitraryRecord = fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" });

test("any single flipped bit of any record is found at its seq", () => {
  fc.assert(
    fc.property(fc.array(arbitraryRecord, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (texts, which, bit) => {
      const records = chained(texts);
      const at = which % records.length;
      const bytes = Buffer.from(texts[at] ?? "", "utf8");
      const place = bit % (bytes.length * 8);
      bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7));
      // As latin1, so that a flip which is no longer UTF-8 is not lost in decoding: the text differs in any case.
      const flipped = isUtf8(bytes) ? bytes.toString("utf8") : bytes.toString("latin1");
      const damaged = records.map((record, index) => (index === at ? { ...record, record: flipped } : record));
      expect(verifyChain(damaged)).toMatchObject({ ok: false, badSeq: at + 1 });
    }),
  );
});

test("any single changed digit of any hash is found at its seq, the last one included", () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryRecord, { minLength: 1, maxLength: 12 }),
      fc.nat(),
      fc.nat(63),
      (texts, which, place) => {
        const records = chained(texts);
        const at = which % records.length;
        const { hash } = records[at] as LogRecord;
        const digit = hash[place] === "0" ? "1" : "0";
        const bent = hash.slice(0, place) + digit + hash.slice(place + 1);
        const damaged = records.map((record, index) => (index === at ? { ...record, hash: bent } : record));
        expect(verifyChain(damaged)).toMatchObject({ ok: false, badSeq: at + 1 });
      },
    ),
  );
});

const isUtf8 = (bytes: Buffer): boolean => Buffer.from(bytes.toString("utf8"), "utf8").equals(bytes);
