// The Alpha protocol of BetaBrite and Adaptive signs: five NUL (the sign finds its baud rate by them), SOH, type code,
// two digits of address, STX, a command with its text, ETX, the sum of all from STX to ETX in four hex digits, EOT.
// ASCII alone. Only text files are written here; a sign has no dead man's timeout and does not answer.

const NUL = 0x00;
const SOH = 0x01;
const STX = 0x02;
const ETX = 0x03;
const EOT = 0x04;
const ESC = 0x1b;
const COLOUR = 0x1c;
const NULS = 5;

/** The longest content a decoder takes. */
export const ALPHA_CONTENT_BYTES_MAX = 4096;

export type AlphaColour = "red" | "green" | "amber";
const COLOURS: Readonly<Record<AlphaColour, number>> = { red: 0x31, green: 0x32, amber: 0x33 };

export interface AlphaPage {
  readonly colour: AlphaColour;
  /** Printable ASCII; anything else is left out. */
  readonly text: string;
}

/** Every sign of every type. */
export const ALPHA_ALL = { type: "Z", address: "00" } as const;

/** Writes text file A: its pages held in turn, each filling the sign. */
export function writeTextFile(pages: readonly AlphaPage[]): Uint8Array {
  const shown = pages.flatMap(({ colour, text }) => [
    ESC,
    0x20,
    0x62,
    COLOUR,
    COLOURS[colour],
    ...ascii(text.replace(/[^ -~]/gu, "")),
  ]);
  return Uint8Array.from([...ascii("AA"), ...shown]);
}

/** Wraps a command for the signs of that type and address. */
export function encodeAlpha(content: Uint8Array, to: { type: string; address: string } = ALPHA_ALL): Uint8Array {
  const summed = [STX, ...content, ETX];
  const nuls = new Uint8Array(NULS);
  return Uint8Array.from([...nuls, SOH, ...ascii(to.type + to.address), ...summed, ...ascii(sumOf(summed)), EOT]);
}

export type AlphaPacket =
  | { readonly kind: "packet"; readonly to: string; readonly content: Uint8Array }
  | { readonly kind: "bad"; readonly reason: "checksum" | "framing" | "noise" };

/** Where a decoder stands; `bytes` is all since the SOH. */
export type AlphaState =
  | { readonly phase: "between" | "skipping" }
  | { readonly phase: "packet"; readonly bytes: readonly number[] };

export const ALPHA_START: AlphaState = { phase: "between" };

/** Decodes the next bytes, in whatever portions they come: what a sign hears, for emulators and tests. */
export function decodeAlpha(state: AlphaState, chunk: Uint8Array): [AlphaState, readonly AlphaPacket[]] {
  const found: AlphaPacket[] = [];
  let phase = state.phase;
  let bytes = state.phase === "packet" ? [...state.bytes] : [];
  for (const byte of chunk) {
    if (byte === SOH) {
      if (phase === "packet") found.push(bad("framing"));
      [phase, bytes] = ["packet", []];
    } else if (phase === "packet") {
      if (byte === EOT) {
        found.push(packetOf(bytes));
        phase = "between";
      } else if (bytes.length >= ALPHA_CONTENT_BYTES_MAX) {
        found.push(bad("framing"));
        phase = "skipping";
      } else bytes.push(byte);
    } else if (phase === "between" && byte !== NUL) {
      found.push(bad("noise"));
      phase = "skipping";
    }
  }
  return [phase === "packet" ? { phase, bytes } : { phase }, found];
}

/** What is left when no more bytes will follow. */
export const endAlpha = (state: AlphaState): [AlphaState, readonly AlphaPacket[]] => [
  ALPHA_START,
  state.phase === "packet" ? [bad("framing")] : [],
];

const ADDRESS_BYTES = 3;
const SUM_BYTES = 4;

/** `bytes`: all between SOH and EOT. */
function packetOf(bytes: readonly number[]): AlphaPacket {
  const etx = bytes.length - SUM_BYTES - 1;
  if (etx <= ADDRESS_BYTES || bytes[ADDRESS_BYTES] !== STX || bytes[etx] !== ETX) return bad("framing");
  const sum = String.fromCharCode(...bytes.slice(etx + 1));
  if (sum !== sumOf(bytes.slice(ADDRESS_BYTES, etx + 1))) return bad("checksum");
  const to = String.fromCharCode(...bytes.slice(0, ADDRESS_BYTES));
  return { kind: "packet", to, content: Uint8Array.from(bytes.slice(ADDRESS_BYTES + 1, etx)) };
}

const sumOf = (bytes: readonly number[]): string =>
  (bytes.reduce((sum, byte) => sum + byte, 0) & 0xffff).toString(16).padStart(4, "0").toUpperCase();
const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
const bad = (reason: "checksum" | "framing" | "noise"): AlphaPacket => ({ kind: "bad", reason });
