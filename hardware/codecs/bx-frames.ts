import { u16, u32 } from "./little-endian.ts";

// The two headers of Onbon's BX cards. Font cards (5K, 6K) take text in GB2312 and draw it with a font of their own;
// picture cards (6E, 6Q) take dots. Source: the vendor's bx.k.java, and the field tables of Onbon-Protocol-Analysis.

export type BxFamily = "font" | "picture";

/** Any card on the line, and a controller, as the vendor's own library has them. */
export const BX_ANY_CARD = 0xfffe;
export const BX_CONTROLLER = 0x8000;

const FONT_HEADER_BYTES = 14;
const PICTURE_HEADER_BYTES = 16;
const FONT_VERSION = 0x02;
const PICTURE_VERSION = 0x06;

export interface BxFrame {
  readonly destination: number;
  readonly source: number;
  /** Command group, command, and what they say. */
  readonly content: Uint8Array;
}

/** From the controller to whatever card hears it. */
export const toAnyCard = (content: Uint8Array): BxFrame => ({
  destination: BX_ANY_CARD,
  source: BX_CONTROLLER,
  content,
});

/** The body that goes into an envelope. */
export function encodeBxFrame(family: BxFamily, { destination, source, content }: BxFrame): Uint8Array {
  const ends = [...u16(destination), ...u16(source)];
  const rest =
    family === "font"
      ? [0, 0, 0, 0, 0, 0, 0xfe, FONT_VERSION, ...u16(content.length)]
      : [PICTURE_VERSION, 0, ...u16(0xfffe), 0, 0, 0, 0, ...u32(content.length)];
  return Uint8Array.from([...ends, ...rest, ...content]);
}

/** Null: the header is not of this family, or names another length than there is. */
export function decodeBxFrame(family: BxFamily, body: Uint8Array): BxFrame | null {
  const headerBytes = family === "font" ? FONT_HEADER_BYTES : PICTURE_HEADER_BYTES;
  if (body.length < headerBytes) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const length = family === "font" ? view.getUint16(12, true) : view.getUint32(12, true);
  if (length !== body.length - headerBytes) return null;
  const destination = view.getUint16(0, true);
  return { destination, source: view.getUint16(2, true), content: body.slice(headerBytes) };
}

export type BxReply = { readonly kind: "ack" } | { readonly kind: "nack"; readonly error: number };

const REPLY_GROUP = 0xa0;
const ACK = 0x00;
const NACK = 0x01;
/** Group, command, error, and two bytes kept for later. */
const REPLY_BYTES_MIN = 5;

/** Null: no answer to a command. */
export function decodeBxReply(content: Uint8Array): BxReply | null {
  const [group, command, error] = content;
  if (content.length < REPLY_BYTES_MIN || group !== REPLY_GROUP || error === undefined) return null;
  if (command === ACK) return { kind: "ack" };
  return command === NACK ? { kind: "nack", error } : null;
}

/** What a card answers: for emulators and tests. */
export const encodeBxReply = (reply: BxReply): Uint8Array =>
  Uint8Array.of(REPLY_GROUP, reply.kind === "ack" ? ACK : NACK, reply.kind === "ack" ? 0 : reply.error, 0, 0);
