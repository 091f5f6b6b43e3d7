/**
 * How a box of another version says and hears the same messages. "newer": of a later minor version, with fields that
 * ours does not know. "older": of an earlier one, which does not know our optional fields. "foreign": of another major
 * version, which no word of ours reaches, and the other way round.
 */
export type Dialect = "same" | "newer" | "older" | "foreign";

const LATER = '{"later":{"minor":7,"list":[1,"two",null]},';
const INPUT = '{"v":1,"seq":';
const LATER_INPUT = '{"hint":"later","v":1,"seq":';
const OURS = '"v":1,';
const THEIRS = '"v":2,';

/** What a box that speaks so says instead of `text`. An input's own body is on its card and stays as it is. */
export function said(dialect: Dialect, text: string): string {
  if (dialect === "newer") return LATER + text.slice(1).replaceAll(INPUT, LATER_INPUT);
  return dialect === "foreign" ? text.replace(OURS, THEIRS) : text;
}

/** What a box that speaks so makes of `text`. */
export function understood(dialect: Dialect, text: string): string {
  if (dialect === "foreign") return text.replace(OURS, THEIRS);
  return dialect === "older" ? withoutOptional(text) : text;
}

/** Fields that came with a later minor version than the older boxes have. */
const OPTIONAL = ["refused", "because"] as const;

function withoutOptional(text: string): string {
  if (!OPTIONAL.some((field) => text.includes(`"${field}"`))) return text;
  const message = JSON.parse(text) as Record<string, unknown>;
  for (const field of OPTIONAL) delete message[field];
  return JSON.stringify(message);
}

/** The dialect of a text, as far as it can be told: "same" may also be an older one. */
export function dialectOf(text: string): Dialect {
  if (text.startsWith(LATER)) return "newer";
  return text.startsWith(`{${THEIRS}`) ? "foreign" : "same";
}
