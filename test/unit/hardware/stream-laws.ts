import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** A codec under test: its decoder, an encoder of whole frames, and what noise it must bear. */
export interface StreamUnderTest<State, Item> {
  readonly start: State;
  decode(state: State, chunk: Uint8Array): readonly [State, readonly { readonly kind: string }[]];
  end(state: State): readonly [State, readonly { readonly kind: string }[]];
  readonly item: fc.Arbitrary<Item>;
  encode(item: Item): Uint8Array;
  /** The words a whole frame decodes to. */
  wordsOf(item: Item): readonly { readonly kind: string }[];
  /** Bytes that can neither begin a frame nor be a part of one; null: any noise is passed over to a silence. */
  readonly noise: fc.Arbitrary<number> | null;
  /** Bytes the decoder finds hard. */
  readonly hard: readonly number[];
  /** No more of what was not understood is kept. */
  readonly keptMax: number;
  kept(state: State): number;
  /** Whether one changed byte is surely noticed. */
  readonly noticesOneByte: boolean;
}

const goodOf = (words: readonly { readonly kind: string }[]) => words.filter(({ kind }) => kind !== "bad");

/** Whether `found` is `sent` with at most `most` left out, in order, and nothing else. */
function lacksAtMost(most: number, found: readonly unknown[], sent: readonly unknown[]): boolean {
  const keys = found.map((word) => JSON.stringify(word));
  let at = 0;
  for (const word of sent) if (keys[at] === JSON.stringify(word)) at += 1;
  return at === keys.length && sent.length - keys.length <= most;
}

/** The laws of every decoder of a byte stream, for any frames, any noise and any split. */
export function streamLaws<State, Item>(name: string, codec: StreamUnderTest<State, Item>): void {
  const anyByte = fc.integer({ min: 0, max: 255 });
  const garbage = fc.array(fc.oneof(anyByte, fc.constantFrom(...codec.hard)), { maxLength: 60 });
  const items = fc.array(codec.item, { minLength: 1, maxLength: 5 });
  const stream = fc
    .array(
      fc.oneof(
        garbage,
        codec.item.map((item) => [...codec.encode(item)]),
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.flat());
  const decode = (bytes: readonly number[]) => codec.decode(codec.start, Uint8Array.from(bytes));
  const readOut = (bytes: readonly number[]) => {
    const [state, words] = decode(bytes);
    return [...words, ...codec.end(state)[1]];
  };

  describe(`laws of ${name}`, () => {
    test("what is encoded is decoded", () => {
      fc.assert(
        fc.property(items, (sent) => {
          const words = readOut(sent.flatMap((item) => [...codec.encode(item)]));
          expect(words).toEqual(sent.flatMap((item) => [...codec.wordsOf(item)]));
        }),
      );
    });

    test("how the bytes are split changes nothing", () => {
      fc.assert(
        fc.property(stream, fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), (bytes, sizes) => {
          const words: unknown[] = [];
          let state = codec.start;
          let at = 0;
          for (const size of [...sizes, bytes.length]) {
            const [next, found] = codec.decode(state, Uint8Array.from(bytes.slice(at, at + size)));
            state = next;
            words.push(...found);
            at += size;
          }
          expect([...words, ...codec.end(state)[1]]).toEqual(readOut(bytes));
        }),
      );
    });

    test("after a silence a whole frame is read, whatever stood before it", () => {
      fc.assert(
        fc.property(garbage, codec.item, (before, item) => {
          const [quiet] = codec.end(decode(before)[0]);
          expect(codec.decode(quiet, codec.encode(item))[1]).toEqual(codec.wordsOf(item));
        }),
      );
    });

    test("whatever comes, little is kept, and nothing after the end", () => {
      fc.assert(
        fc.property(stream, (bytes) => {
          const [state] = decode(bytes);
          expect(codec.kept(state)).toBeLessThanOrEqual(codec.keptMax);
          expect(codec.kept(codec.end(state)[0])).toBe(0);
        }),
      );
    });

    resynchronisation(codec, items, readOut);
  });
}

function resynchronisation<State, Item>(
  codec: StreamUnderTest<State, Item>,
  items: fc.Arbitrary<Item[]>,
  readOut: (bytes: readonly number[]) => readonly { readonly kind: string }[],
): void {
  const noises = codec.noise === null ? fc.constant([]) : fc.array(codec.noise, { maxLength: 20 });

  test("noise before, between and after frames costs none", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(noises, codec.item), { maxLength: 5 }), noises, (pairs, after) => {
        const bytes = pairs.flatMap(([noise, item]) => [...noise, ...codec.encode(item)]);
        const sent = pairs.flatMap(([, item]) => codec.wordsOf(item));
        expect(goodOf(readOut([...bytes, ...after]))).toEqual(sent);
      }),
    );
  });

  if (!codec.noticesOneByte) return;
  test("one changed byte makes no other frame and costs only its own and the next", () => {
    fc.assert(
      fc.property(items, fc.nat(), fc.integer({ min: 1, max: 255 }), (sent, position, change) => {
        const bytes = sent.flatMap((item) => [...codec.encode(item)]);
        const at = position % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const words = sent.flatMap((item) => codec.wordsOf(item));
        expect(lacksAtMost(2, goodOf(readOut(bytes)), words)).toBe(true);
      }),
      { numRuns: 1000, seed: 6 }, // A sum of 16 bits is deceived once in 65,536 times: the draw is fixed.
    );
  });
}
