/** A decoder as all codecs have one: takes the next bytes, gives what it found. */
export type Decoder<State, Found> = (state: State, chunk: Uint8Array) => readonly [State, readonly Found[]];

/** All that a decoder finds in a stream that comes at once. */
export const decoded =
  <State, Found>(decode: Decoder<State, Found>, start: State) =>
  (stream: readonly number[]): readonly Found[] =>
    decode(start, Uint8Array.from(stream))[1];

/** All that it finds in the same stream in portions of these sizes, and the rest in one. */
export function inPortions<State, Found>(
  decode: Decoder<State, Found>,
  start: State,
  stream: readonly number[],
  sizes: readonly number[],
): readonly Found[] {
  const all: Found[] = [];
  let state = start;
  let at = 0;
  for (const size of [...sizes, stream.length]) {
    const [next, found] = decode(state, Uint8Array.from(stream.slice(at, at + size)));
    state = next;
    all.push(...found);
    at += size;
  }
  return all;
}
