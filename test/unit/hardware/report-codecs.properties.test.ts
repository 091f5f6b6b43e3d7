// Devices that speak in reports or in data of a packet have no stream to be split, but what is lost, doubled or foreign
// must no more make a card than elsewhere.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootReport } from "../../../hardware/codecs/boot-keyboard.ts";
import { cardOfReport, type HidBadgeReport, reportOfCard } from "../../../hardware/codecs/hid-badge.ts";
import { cardOfFormatted, cardOfRaw, rawOf } from "../../../hardware/codecs/osdp-messages.ts";
import { cardOfTarget } from "../../../hardware/codecs/pn532-commands.ts";
import {
  decodeWedge,
  endWedge,
  WEDGE_DIGITS_MAX,
  WEDGE_START,
  wedgeReports,
  type WedgeState,
  type WedgeText,
} from "../../../hardware/codecs/wedge-keys.ts";
import {
  identifierOfDecimal,
  identifierOfFacilityNumber,
  identifierOfHex,
} from "../../../hardware/codecs/badge-form.ts";
import type { BadgeWord } from "../../../hardware/codecs/badge-words.ts";

const anyByte = fc.integer({ min: 0, max: 255 });
const digits = (count: number, of = "0123456789") =>
  fc.string({ unit: fc.constantFrom(...Array.from(of)), minLength: count, maxLength: count });

interface Typist {
  readonly text: WedgeText;
  readonly typed: fc.Arbitrary<string>;
  readonly identifier: (typed: string) => readonly number[] | null;
}
const TYPISTS: readonly (readonly [string, Typist])[] = [
  ["ten digits", { text: { kind: "decimal", digits: 10 }, typed: digits(10), identifier: identifierOfDecimal }],
  [
    "eight hex digits",
    { text: { kind: "hex", digits: 8 }, typed: digits(8, "0123456789ABCDEF"), identifier: identifierOfHex },
  ],
  [
    "3+5 digits",
    {
      text: { kind: "facility-number" },
      typed: fc
        .tuple(anyByte, fc.integer({ min: 0, max: 0xffff }))
        .map(([facility, number]) => `${String(facility).padStart(3, "0")},${String(number).padStart(5, "0")}`),
      identifier: identifierOfFacilityNumber,
    },
  ],
];

function typedIn(text: WedgeText, reports: readonly Uint8Array[], start: WedgeState = WEDGE_START) {
  let state = start;
  const words: BadgeWord[] = [];
  for (const report of reports) {
    const [next, found] = decodeWedge(text, state, report);
    state = next;
    words.push(...found);
  }
  return { state, words };
}

const cards = (words: readonly BadgeWord[]) => words.filter(({ kind }) => kind === "card");

describe.each(TYPISTS)("a reader that types %s", (_, { text, typed, identifier }) => {
  const all = fc.array(typed, { minLength: 1, maxLength: 4 });
  const wordsOf = (sent: readonly string[]) => sent.map((one) => ({ kind: "card", identifier: identifier(one) }));

  test("what is typed is read, also with every report told twice", () => {
    fc.assert(
      fc.property(all, fc.boolean(), (sent, twice) => {
        const reports = sent.flatMap(wedgeReports);
        expect(typedIn(text, twice ? reports.flatMap((one) => [one, one]) : reports).words).toEqual(wordsOf(sent));
      }),
    );
  });

  test("a lost report makes no other card, and costs its own and at most the next", () => {
    fc.assert(
      fc.property(all, fc.nat(), (sent, position) => {
        const reports = sent.flatMap(wedgeReports);
        const found = cards(typedIn(text, reports.toSpliced(position % reports.length, 1)).words);
        const right = wordsOf(sent).map((word) => JSON.stringify(word));
        expect(found.length).toBeGreaterThanOrEqual(sent.length - 2);
        let at = 0;
        for (const word of found) at = right.indexOf(JSON.stringify(word), at) + 1 || Number.NaN;
        expect(at).not.toBeNaN();
      }),
    );
  });

  const strange = fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.uint8Array({ minLength: 8, maxLength: 8 }),
    fc.constant(bootReport([4, 5, 6, 7, 8, 9, 10])), // More keys than it can tell.
  );
  test("whatever it types, after a silence a card is read, and little was kept", () => {
    fc.assert(
      fc.property(fc.array(strange, { maxLength: 40 }), typed, (noise, card) => {
        const { state } = typedIn(text, noise);
        expect(state.typed.length).toBeLessThanOrEqual(WEDGE_DIGITS_MAX);
        const [quiet] = endWedge(state);
        const { words } = typedIn(text, [bootReport([]), ...wedgeReports(card)], quiet);
        expect(words).toEqual(wordsOf([card]));
      }),
    );
  });

  test("a key that is no digit spoils the card it stands in, and no other", () => {
    fc.assert(
      fc.property(typed, typed, fc.nat(), (first, second, position) => {
        const reports = wedgeReports(first);
        const at = position % (reports.length - 1); // Before Enter is up again.
        const spoilt = reports.toSpliced(at - (at % 2), 0, bootReport([0x1d]), bootReport([]));
        const { words } = typedIn(text, [...spoilt, ...wedgeReports(second)]);
        expect(words).toEqual([{ kind: "bad", reason: "noise" }, ...wordsOf([second])]);
      }),
    );
  });
});

const description: fc.Arbitrary<HidBadgeReport> = fc.record({
  reportId: fc.option(anyByte),
  offset: fc.integer({ min: 0, max: 20 }),
  length: fc.integer({ min: 1, max: 10 }),
  endian: fc.constantFrom("big", "little"),
});

test("a raw report is the card that it was made of; a shorter one, another's or an empty one is none", () => {
  fc.assert(
    fc.property(description, fc.array(anyByte, { minLength: 10, maxLength: 10 }), fc.nat(), (described, bytes, cut) => {
      const identifier = bytes.slice(0, described.length);
      const report = reportOfCard(described, identifier);
      const isEmpty = identifier.every((byte) => byte === 0);
      expect(cardOfReport(described, report)).toEqual(isEmpty ? null : { kind: "card", identifier });
      const head = described.reportId === null ? 0 : 1;
      const shorter = report.subarray(0, head + (cut % (described.offset + described.length)));
      expect(cardOfReport(described, shorter)).toEqual({ kind: "bad", reason: "framing" });
      if (described.reportId === null) return;
      expect(cardOfReport({ ...described, reportId: described.reportId ^ 1 }, report)).toBeNull();
    }),
  );
});

test("an OSDP card of whole bytes is its bytes; a count that is not that of its bits is none", () => {
  fc.assert(
    fc.property(fc.array(anyByte, { minLength: 1, maxLength: 10 }), fc.nat({ max: 0xffff }), (bytes, count) => {
      const data = rawOf(bytes.map((byte) => byte.toString(2).padStart(8, "0")).join(""));
      expect(cardOfRaw(data)).toEqual({ kind: "card", identifier: bytes });
      const other = data.with(2, count & 0xff).with(3, count >> 8);
      if (Math.ceil(count / 8) !== bytes.length) expect(cardOfRaw(other)).toEqual({ kind: "bad", reason: "framing" });
    }),
  );
});

test("whatever a reader puts into an answer, it is a card, a bad word or nothing", () => {
  const isWord = (word: BadgeWord | null): boolean =>
    word === null || word.kind === "bad" || (word.identifier.length > 0 && word.identifier.length <= 10);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom("decimal" as const, "hex" as const), (data, kind) => {
      expect(isWord(cardOfRaw(data))).toBe(true);
      expect(isWord(cardOfFormatted(data, kind))).toBe(true);
      expect(isWord(cardOfTarget(data))).toBe(true);
    }),
  );
});
