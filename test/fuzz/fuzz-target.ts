/**
 * A parser at the edge of the house under hostile bytes. `fuzz` takes any bytes and returns; it throws when a law is
 * broken: an exception the parser's contract does not name, or a value that contradicts what it was read from. It keeps
 * nothing from one call to the next.
 */
export interface FuzzTarget {
  readonly name: string;
  readonly fuzz: (bytes: Uint8Array) => void;
  /** What the search starts from: well-formed inputs, so that it need not find the grammar first. */
  readonly seeds: () => readonly Uint8Array[];
}

const decoder = new TextDecoder("utf-8");
const encoder = new TextEncoder();

export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
