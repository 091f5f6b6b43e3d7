import { assert } from "../../../protocol/index.ts";
import { ALPHA_START, decodeAlpha, encodeAlpha, endAlpha } from "../../../hardware/codecs/alpha-sign.ts";
import { BX_START, decodeBxEnvelope, encodeBxEnvelope, endBxEnvelope } from "../../../hardware/codecs/bx-envelope.ts";
import { decodeBxFrame, decodeBxReply, encodeBxFrame, encodeBxReply } from "../../../hardware/codecs/bx-frames.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

type Decode<State, Found> = (state: State, chunk: Uint8Array) => readonly [State, readonly Found[]];

/** All that is found when the line is cut in two there, and then ends. */
function found<State, Found>(
  decode: Decode<State, Found>,
  end: (state: State) => readonly [State, readonly Found[]],
  start: State,
  line: Uint8Array,
  cut: number,
): readonly Found[] {
  const [between, first] = decode(start, line.subarray(0, cut));
  const [last, second] = decode(between, line.subarray(cut));
  return [...first, ...second, ...end(last)[1]];
}

const ACK = encodeBxEnvelope(
  encodeBxFrame("font", { destination: 0x8000, source: 1, content: encodeBxReply({ kind: "ack" }) }),
);
const TEXT = encodeAlpha(Uint8Array.of(0x41, 0x41));

/** The first byte cuts the line's bytes in two; a good frame follows them. It is read, whatever came before. */
function fuzz(bytes: Uint8Array): void {
  fuzzCard(bytes.subarray(1), bytes[0] ?? 0);
  fuzzAlpha(bytes.subarray(1), bytes[0] ?? 0);
}

function fuzzCard(noise: Uint8Array, cutAt: number): void {
  const line = Uint8Array.of(...noise, ...ACK);
  const cut = cutAt % (line.length + 1);
  const [whole, split] = [0, cut].map((at) => found(decodeBxEnvelope, endBxEnvelope, BX_START, line, at));
  assert(JSON.stringify(split) === JSON.stringify(whole), "a cut changes nothing");
  const replies = (whole ?? []).flatMap((envelope) => {
    if (envelope.kind === "bad") return [];
    for (const family of ["font", "picture"] as const) decodeBxFrame(family, envelope.body);
    const frame = decodeBxFrame("font", envelope.body);
    return frame === null ? [] : [decodeBxReply(frame.content)];
  });
  assert(replies.at(-1)?.kind === "ack", "a good answer is found");
}

function fuzzAlpha(noise: Uint8Array, cutAt: number): void {
  const line = Uint8Array.of(...noise, ...TEXT);
  const cut = cutAt % (line.length + 1);
  const [whole, split] = [0, cut].map((at) => found(decodeAlpha, endAlpha, ALPHA_START, line, at));
  assert(JSON.stringify(split) === JSON.stringify(whole), "a cut changes nothing");
  const last = whole?.at(-1);
  assert(last?.kind === "packet" && last.to === "Z00", "a good packet is found");
}

export const signFrames: FuzzTarget = {
  name: "sign-frames",
  fuzz,
  seeds: () => [ACK, TEXT, Uint8Array.of(3, 0xa5, 0xa6, 2, 0x5b, 1, 0x5a, 1, 2, 4)],
};
