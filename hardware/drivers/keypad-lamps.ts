import type { RatingKeypad } from "../ports/rating-keypad.ts";

export type KeypadFace = Parameters<RatingKeypad["show"]>[0];

/** What to send to a keypad that has lamps, for each face; bytes or a report as its maker describes them. */
export type KeypadLamps = Readonly<Record<KeypadFace, Uint8Array>>;
