import { type BadgeWord, badWord, cardWord } from "./badge-words.ts";
import { encodePn532 } from "./pn532-frame.ts";

export const PN532_COMMANDS = {
  getFirmwareVersion: 0x02,
  samConfiguration: 0x14,
  rfConfiguration: 0x32,
  listPassiveTarget: 0x4a,
} as const;

export const pn532Version = (): Uint8Array => encodePn532("command", PN532_COMMANDS.getFirmwareVersion);

/** Normal mode, no security module; 1 s; with the interrupt line, which nobody looks at. */
export const pn532Normal = (): Uint8Array =>
  encodePn532("command", PN532_COMMANDS.samConfiguration, [0x01, 0x14, 0x01]);

/** Looks for a card `tries` times and answers either way; out of the box it would look for ever. */
export const pn532Tries = (tries: number): Uint8Array =>
  encodePn532("command", PN532_COMMANDS.rfConfiguration, [0x05, 0xff, 0x01, tries - 1]);

/** One card of ISO 14443 type A at 106 kbit/s. */
export const pn532Look = (): Uint8Array => encodePn532("command", PN532_COMMANDS.listPassiveTarget, [0x01, 0x00]);

/** A type A identifier that begins so is drawn anew at every presentation (ISO 14443-3): telephones, bank cards. */
const RANDOM_IDENTIFIER = 0x08;
const UID_LENGTHS: readonly number[] = [4, 7, 10];

/** The card in the data of a reply to `pn532Look`: null when there was none, or none that says who it is. */
export function cardOfTarget(data: Uint8Array): BadgeWord | null {
  const [count, , , , , length = 0, ...rest] = data;
  if (count === 0) return null;
  if (count !== 1 || !UID_LENGTHS.includes(length) || rest.length < length) return badWord("framing");
  const uid = rest.slice(0, length);
  return length === 4 && uid[0] === RANDOM_IDENTIFIER ? null : cardWord(uid);
}

/** The data of such a reply, for emulators and tests. */
export const targetOf = (uid: readonly number[] | null): Uint8Array =>
  Uint8Array.from(uid === null ? [0] : [1, 1, 0x00, 0x04, 0x08, uid.length, ...uid]);
