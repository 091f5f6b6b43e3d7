import { assert } from "../../../protocol/index.ts";
import {
  decodeRdm6300,
  encodeRdm6300,
  endRdm6300,
  RDM6300_START,
  type Rdm6300Frame,
} from "../../../hardware/codecs/rdm6300.ts";
import { canonicalBadge } from "../../../hardware/ports/badge-reader.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

function decoded(chunks: readonly Uint8Array[]): Rdm6300Frame[] {
  let state = RDM6300_START;
  const frames: Rdm6300Frame[] = [];
  for (const chunk of chunks) {
    const [next, some] = decodeRdm6300(state, chunk);
    state = next;
    frames.push(...some);
  }
  return [...frames, ...endRdm6300(state)[1]];
}

const BADGE = canonicalBadge("0086F444");

/** The first byte cuts the line's bytes in two; a good frame follows them. It is read, whatever noise came before. */
function fuzz(bytes: Uint8Array): void {
  const line = Uint8Array.of(...bytes.subarray(1), ...encodeRdm6300(BADGE));
  const cut = (bytes[0] ?? 0) % (line.length + 1);
  const whole = decoded([line]);
  const split = decoded([line.subarray(0, cut), line.subarray(cut)]);
  assert(JSON.stringify(split) === JSON.stringify(whole), "a cut changes nothing");
  const last = whole.at(-1);
  assert(last?.kind === "tag" && last.tag === BADGE, "a good frame is found");
}

export const badgeFrames: FuzzTarget = {
  name: "badge-frames",
  fuzz,
  seeds: () => [encodeRdm6300(BADGE), encodeRdm6300(BADGE, { crLf: true }), Uint8Array.of(0, 2, 0x31, 2, 3, 0xff)],
};
