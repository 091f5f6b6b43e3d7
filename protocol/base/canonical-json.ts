/** A value that JSON can carry without loss. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * JSON with the keys of every object sorted and no blanks: equal values give equal text, so digests over it compare
 * content and not spelling. Absent (`undefined`) members are left out, as JSON.stringify does.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return JSON.stringify(value);
  // Half of all members are numbers: written by JSON.stringify, each would cost three times as much.
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  if (value === null || typeof value !== "object") return String(value);
  if (isArray(value)) return listText(value);
  let text = "";
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member !== undefined) text += `${text === "" ? "" : ","}${keyText(key)}${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** With its colon. Events have few names of members, and each is written again and again. */
const keyTexts = new Map<string, string>();
const KEYS_MAX = 2_000;
const KEY_LENGTH_MAX = 40;

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (key.length > KEY_LENGTH_MAX) return text;
  if (keyTexts.size >= KEYS_MAX) keyTexts.clear();
  keyTexts.set(key, text);
  return text;
}

function listText(list: readonly Json[]): string {
  let text = "";
  for (let at = 0; at < list.length; at += 1) text += `${at === 0 ? "" : ","}${canonicalJson(list[at] ?? null)}`;
  return `[${text}]`;
}

/** Few and mostly in order, and every event passes here: put in their places in less than a sort needs to begin. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  if (keys.length > KEYS_PLACED_MAX) return keys.sort();
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] ?? "";
    let place = at;
    for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
      keys[place] = before;
      place -= 1;
    }
    keys[place] = key;
  }
  return keys;
}

/** More are sorted: what costs least for ten would cost a hundred times as much for a hundred. */
const KEYS_PLACED_MAX = 24;

const isArray = (value: object): value is readonly Json[] => Array.isArray(value);
