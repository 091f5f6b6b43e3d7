import { assert } from "../../../protocol/index.ts";
import { type BridgeFrame, bridgeStream, encodeBridge } from "../../../hardware/codecs/wiegand-bridge.ts";
import {
  decodeOsdp,
  encodeOsdp,
  endOsdp,
  OSDP_PACKET_BYTES_MAX,
  OSDP_START,
} from "../../../hardware/codecs/osdp-packet.ts";
import { cardOfFormatted, cardOfRaw } from "../../../hardware/codecs/osdp-messages.ts";
import { cardOfTarget, pn532Look } from "../../../hardware/codecs/pn532-commands.ts";
import { decodePn532, encodePn532, endPn532, PN532_START } from "../../../hardware/codecs/pn532-frame.ts";
import { decodeWedge, TEN_DIGITS, WEDGE_START } from "../../../hardware/codecs/wedge-keys.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

type Words = readonly { readonly kind: string }[];
interface Codec<State> {
  readonly start: State;
  readonly decode: (state: State, chunk: Uint8Array) => readonly [State, Words];
  readonly end: (state: State) => readonly [State, Words];
}

/** A cut changes nothing; after a silence a good frame is read alone. */
function lawful<State>(codec: Codec<State>, bytes: Uint8Array, cut: number, good: Uint8Array): void {
  const [whole, words] = codec.decode(codec.start, bytes);
  const [half, first] = codec.decode(codec.start, bytes.subarray(0, cut));
  const [, second] = codec.decode(half, bytes.subarray(cut));
  assert(JSON.stringify([...first, ...second]) === JSON.stringify(words), "a cut changes nothing");
  const [, found] = codec.decode(codec.end(whole)[0], good);
  assert(found.length === 1 && found[0]?.kind !== "bad", "a good frame is found after a silence");
}

const FRAMES: readonly (readonly [BridgeFrame, number])[] = [
  [{ format: "hex-line", content: "identifier", bits: 34 }, 4],
  [{ format: "hex-line", content: "wiegand", bits: 26, fill: "behind" }, 3],
  [{ format: "decimal-line", content: "facility-number" }, 3],
  [{ format: "counted-bits", bits: 34 }, 4],
];
const CARD = [0x12, 0x86, 0xf4, 0x44];
const POLL = encodeOsdp({
  address: 1,
  reply: true,
  sequence: 1,
  check: "crc",
  security: null,
  code: 0x40,
  data: new Uint8Array(),
  mac: null,
});

/** The first byte cuts the line's bytes in two; they are read as every kind of reader's. */
function fuzz(bytes: Uint8Array): void {
  const line = bytes.subarray(1);
  const cut = (bytes[0] ?? 0) % (line.length + 1);
  for (const [frame, size] of FRAMES) lawful(bridgeStream(frame), line, cut, encodeBridge(frame, CARD.slice(-size)));
  lawful({ start: OSDP_START, decode: decodeOsdp, end: endOsdp }, line, cut, POLL);
  lawful({ start: PN532_START, decode: decodePn532, end: endPn532 }, line, cut, pn532Look());
  assert(decodeOsdp(OSDP_START, line)[0].rest.length <= OSDP_PACKET_BYTES_MAX, "little is kept");
  for (const word of [cardOfRaw(line), cardOfFormatted(line, "hex"), cardOfTarget(line)]) {
    assert(word?.kind !== "card" || word.identifier.length > 0, "a card has bytes");
  }
  let state = WEDGE_START;
  for (let at = 0; at + 8 <= line.length; at += 8) [state] = decodeWedge(TEN_DIGITS, state, line.subarray(at, at + 8));
}

export const readerBytes: FuzzTarget = {
  name: "reader-bytes",
  fuzz,
  seeds: () => [
    ...FRAMES.map(([frame, size]) => encodeBridge(frame, CARD.slice(-size))),
    POLL,
    encodePn532("reply", 0x4b, [1, 1, 0, 4, 8, 4, ...CARD]),
  ],
};
