import { identifierOfDecimal, identifierOfFacilityNumber, identifierOfHex } from "./badge-form.ts";
import { type BadgeWord, badWord, cardWord } from "./badge-words.ts";
import { bootReport, usagesIn } from "./boot-keyboard.ts";

// A reader that types: the card's digits and Enter, as boot reports of a keyboard.

const ENTERS: readonly number[] = [0x28, 0x58];
/** Usages of the digits in order: the row above the letters, the block beside them, the letters A to F. */
const DIGITS: ReadonlyMap<number, string> = new Map([
  ...Array.from("1234567890", (digit, at): [number, string] => [0x1e + at, digit]),
  ...Array.from("1234567890", (digit, at): [number, string] => [0x59 + at, digit]),
  ...Array.from("ABCDEF", (digit, at): [number, string] => [0x04 + at, digit]),
]);
const COMMA = 0x36;
/** No card has more digits. */
export const WEDGE_DIGITS_MAX = 24;

/** What is typed: so many decimal or hex digits (a lost one is then noticed), or 3+5. */
export type WedgeText =
  | { readonly kind: "decimal"; readonly digits: number }
  | { readonly kind: "hex"; readonly digits: number }
  | { readonly kind: "facility-number" };

/** The usual one: the last four bytes as printed on the card. */
export const TEN_DIGITS: WedgeText = { kind: "decimal", digits: 10 };

/** `strange`: a key that is no digit was among these. */
export interface WedgeState {
  readonly down: ReadonlySet<number>;
  readonly typed: string;
  readonly strange: boolean;
}

export const WEDGE_START: WedgeState = { down: new Set(), typed: "", strange: false };

/** A key counts when it goes down; between two equal digits it must have been up. */
export function decodeWedge(
  text: WedgeText,
  state: WedgeState,
  report: Uint8Array,
): [WedgeState, readonly BadgeWord[]] {
  const down = usagesIn(report);
  if (down === null) return [{ ...state, strange: true }, []];
  const words: BadgeWord[] = [];
  let { typed, strange } = state;
  for (const usage of down) {
    if (state.down.has(usage)) continue;
    if (ENTERS.includes(usage)) {
      if (typed !== "" || strange) words.push(strange ? badWord("noise") : wordOf(text, typed));
      [typed, strange] = ["", false];
    } else {
      const digit = usage === COMMA ? "," : DIGITS.get(usage);
      if (digit === undefined || typed.length >= WEDGE_DIGITS_MAX) strange = true;
      else typed += digit;
    }
  }
  return [{ down, typed, strange }, words];
}

/** What was begun and not ended with Enter is dropped; the keys that are down stay down. */
export const endWedge = ({ down, typed, strange }: WedgeState): [WedgeState, readonly BadgeWord[]] => [
  { ...WEDGE_START, down },
  typed !== "" || strange ? [badWord("framing")] : [],
];

/** What a reader types: for emulators and tests. */
export function wedgeReports(typed: string): readonly Uint8Array[] {
  const usages = Array.from(typed, (digit) => [...DIGITS].find(([, of]) => of === digit)?.[0] ?? COMMA);
  return [...usages, ENTERS[0] ?? 0].flatMap((usage) => [bootReport([usage]), bootReport([])]);
}

function wordOf(text: WedgeText, typed: string): BadgeWord {
  const identifier = identifierOf(text, typed);
  return identifier === null ? badWord("framing") : cardWord(identifier);
}

function identifierOf(text: WedgeText, typed: string): readonly number[] | null {
  if (text.kind === "facility-number") return identifierOfFacilityNumber(typed);
  if (typed.length !== text.digits) return null;
  return text.kind === "decimal" ? identifierOfDecimal(typed) : identifierOfHex(typed);
}
