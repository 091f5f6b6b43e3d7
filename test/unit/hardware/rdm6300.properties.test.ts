// Laws of the RDM6300 decoder, for any cards, any noise and any split of the bytes.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeRdm6300,
  encodeRdm6300,
  RDM6300_FRAME_BYTES_MAX,
  RDM6300_START,
  type Rdm6300Frame,
} from "../../../hardware/codecs/rdm6300.ts";
import { type CanonicalBadge, canonicalBadge } from "../../../hardware/ports/badge-reader.ts";

const STX = 0x02;

const anyByte = fc.integer({ min: 0, max: 255 });
const anyCard = fc
  .integer({ min: 0, max: 0xffffffff })
  .map((tag) => canonicalBadge(tag.toString(16).padStart(8, "0").toUpperCase()));
const anyForm = fc.record({ version: anyByte, crLf: fc.boolean() });
const anyCards = fc.array(anyCard, { minLength: 1, maxLength: 6 });
/** Bytes a decoder finds hard: many starts, ends, digits and line ends among the rest. */
const anyGarbage = fc.array(fc.oneof(anyByte, fc.constantFrom(STX, 3, 13, 10, 0x30, 0x41, 0x46)), { maxLength: 60 });
const anyStream = fc
  .array(
    fc.oneof(
      anyGarbage,
      fc.tuple(anyCard, anyForm).map(([card, form]) => [...encodeRdm6300(card, form)]),
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.flat());

const decode = (stream: readonly number[]): readonly Rdm6300Frame[] =>
  decodeRdm6300(RDM6300_START, Uint8Array.from(stream))[1];
const tagsOf = (frames: readonly Rdm6300Frame[]): CanonicalBadge[] =>
  frames.flatMap((frame) => (frame.kind === "tag" ? [frame.tag] : []));
const streamOf = (cards: readonly CanonicalBadge[], crLf: boolean): number[] =>
  cards.flatMap((card) => [...encodeRdm6300(card, { crLf })]);

/** Whether `tags` are `cards` in order, with at most one left out. */
function lacksAtMostOne(tags: readonly CanonicalBadge[], cards: readonly CanonicalBadge[]): boolean {
  if (tags.length === cards.length) return tags.every((tag, index) => tag === cards[index]);
  return cards.some((_, left) => tags.join() === cards.filter((_card, index) => index !== left).join());
}

test("what is encoded is decoded, in every form", () => {
  fc.assert(
    fc.property(anyCard, anyForm, (card, form) => {
      const frames = decode([...encodeRdm6300(card, form)]);
      expect(frames).toEqual([{ kind: "tag", version: form.version, tag: card }]);
    }),
  );
});

test("how the bytes are split changes nothing", () => {
  fc.assert(
    fc.property(anyStream, fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), (stream, sizes) => {
      const frames: Rdm6300Frame[] = [];
      let state = RDM6300_START;
      let at = 0;
      for (const size of [...sizes, stream.length]) {
        const [next, found] = decodeRdm6300(state, Uint8Array.from(stream.slice(at, at + size)));
        state = next;
        frames.push(...found);
        at += size;
      }
      expect(frames).toEqual(decode(stream));
    }),
  );
});

test("a whole frame is found at its last byte, whatever stood before it", () => {
  fc.assert(
    fc.property(anyGarbage, anyCard, anyForm, (garbage, card, form) => {
      const frames = decode([...garbage, ...encodeRdm6300(card, form)]);
      expect(frames.at(-1)).toEqual({ kind: "tag", version: form.version, tag: card });
    }),
  );
});

// Noise that cannot begin a frame: then every card is found, and nothing else.
test("noise before, between and after costs no frame", () => {
  const anyNoise = fc.array(
    anyByte.filter((byte) => byte !== STX),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(anyNoise, anyCard), { maxLength: 6 }), anyNoise, (pairs, after) => {
      const stream = pairs.flatMap(([noise, card]) => [...noise, ...encodeRdm6300(card)]);
      const frames = decode([...stream, ...after]);
      const runs = [...pairs.map(([noise]) => noise), after].filter((noise) => noise.length > 0).length;
      expect(tagsOf(frames)).toEqual(pairs.map(([, card]) => card));
      expect(frames.filter((frame) => frame.kind === "bad" && frame.reason === "noise")).toHaveLength(runs);
      expect(frames).toHaveLength(pairs.length + runs);
    }),
  );
});

test("one corrupted byte never makes another tag, and costs at most its own frame", () => {
  fc.assert(
    fc.property(anyCards, fc.boolean(), fc.nat(), anyByte, (cards, crLf, position, byte) => {
      const stream = streamOf(cards, crLf);
      stream[position % stream.length] = byte;
      expect(lacksAtMostOne(tagsOf(decode(stream)), cards)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("one lost or inserted byte never makes another tag, and costs at most its own frame", () => {
  fc.assert(
    fc.property(anyCards, fc.boolean(), fc.nat(), fc.option(anyByte), (cards, crLf, position, byte) => {
      const stream = streamOf(cards, crLf);
      if (byte === null) stream.splice(position % stream.length, 1);
      else stream.splice(position % stream.length, 0, byte);
      expect(lacksAtMostOne(tagsOf(decode(stream)), cards)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("another value of any one of the six bytes, both digits at once, is a wrong sum", () => {
  const another = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(anyCard, another, (card, [index, change]) => {
      const frame = Buffer.from(encodeRdm6300(card)).toString("latin1");
      const at = 1 + 2 * index;
      const changed = Number.parseInt(frame.slice(at, at + 2), 16) ^ change;
      const digits = changed.toString(16).padStart(2, "0").toUpperCase();
      const damaged = Buffer.from(frame.slice(0, at) + digits + frame.slice(at + 2), "latin1");
      expect(decode([...damaged])).toEqual([{ kind: "bad", reason: "checksum" }]);
    }),
  );
});

test("whatever comes, little is kept and no byte tells more than one thing", () => {
  fc.assert(
    fc.property(anyStream, (stream) => {
      const [state, frames] = decodeRdm6300(RDM6300_START, Uint8Array.from(stream));
      expect(frames.length).toBeLessThanOrEqual(stream.length);
      if (state.phase === "frame") expect(state.body.length).toBeLessThan(RDM6300_FRAME_BYTES_MAX - 1);
    }),
  );
});
