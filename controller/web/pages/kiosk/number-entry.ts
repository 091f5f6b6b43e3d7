import type { NumberForm } from "../../../projections/kiosk-picture.ts";
import type { Words } from "../../design/design.ts";

/** Digits of the check beside a number on the paper. */
export const CHECK_LENGTH = 4;

export type EntryField = "number" | "check";

/** What somebody has typed of their paper so far. */
export interface NumberEntry {
  readonly forms: readonly NumberForm[];
  readonly number: string;
  readonly check: string;
  /** Where the next key goes. */
  readonly field: EntryField;
  /** Why the hall did not take it. */
  readonly refusal: Words | null;
  /** Of a booking, whose number is digits alone; else of a ticket that missed its call. */
  readonly booking?: true;
}

export type EntryInput =
  /** From a keyboard or a scanner: the whole field. */
  | { readonly type: "typed"; readonly field: EntryField; readonly text: string }
  | { readonly type: "key-touched"; readonly key: string }
  | { readonly type: "delete-touched" }
  | { readonly type: "field-touched"; readonly field: EntryField };

/** With one queue its letter needs no key. */
export function emptyEntry(forms: readonly NumberForm[]): NumberEntry {
  const [only, ...others] = forms;
  const number = only !== undefined && others.length === 0 ? only.letter : "";
  return { forms, number, check: "", field: "number", refusal: null };
}

/** What stands on a booking: digits, and the check. */
export const bookingEntry = (digits: number): NumberEntry => ({
  ...emptyEntry([{ letter: "", digits }]),
  booking: true,
});

/** Refused: the number stays, the check is typed again. */
export const refusedEntry = (entry: NumberEntry, refusal: Words): NumberEntry => ({
  ...entry,
  check: "",
  field: "check",
  refusal,
});

export const isWhole = ({ forms, number, check }: NumberEntry): boolean =>
  isNumber(forms, number) && check.length === CHECK_LENGTH;

/** A whole number leads on to the check by itself. */
export function stepEntry(entry: NumberEntry, input: EntryInput): NumberEntry {
  const heard = { ...entry, refusal: null };
  switch (input.type) {
    case "typed":
      return input.field === "number"
        ? withNumber(heard, input.text)
        : { ...heard, field: "check", check: digitsIn(input.text) };
    case "key-touched":
      if (isLetters(input.key)) return withNumber(heard, input.key);
      return entry.field === "number"
        ? withNumber(heard, entry.number + input.key)
        : { ...heard, check: digitsIn(entry.check + input.key) };
    case "delete-touched":
      return entry.field === "check" && entry.check !== ""
        ? { ...heard, check: entry.check.slice(0, -1) }
        : { ...heard, field: "number", number: entry.number.slice(0, -1) };
    case "field-touched":
      return { ...heard, field: input.field };
    default:
      return input satisfies never;
  }
}

const isLetters = (key: string): boolean => /^[A-Z]+$/u.test(key);
const digitsIn = (text: string): string => text.replaceAll(/[^0-9]/gu, "").slice(0, CHECK_LENGTH);

function withNumber(entry: NumberEntry, text: string): NumberEntry {
  const [, letters = "", digits = ""] = /^([A-Z]{0,2})([0-9]*)/u.exec(plain(text)) ?? [];
  const form = entry.forms.find(({ letter }) => letter === letters);
  const number = letters + digits.slice(0, form?.digits ?? 0);
  return { ...entry, number, field: isNumber(entry.forms, number) ? "check" : "number" };
}

const plain = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/gu, "");

const isNumber = (forms: readonly NumberForm[], number: string): boolean =>
  forms.some(
    ({ letter, digits }) =>
      number.startsWith(letter) &&
      /^[0-9]+$/u.test(number.slice(letter.length)) &&
      number.length === letter.length + digits,
  );
