import { type Clock, type DurationMs, milliseconds } from "../../protocol/base/time.ts";
import type { BadgeForm } from "../codecs/badge-form.ts";
import { rdm6300Stream } from "../codecs/rdm6300.ts";
import type { BadgeReader } from "../ports/badge-reader.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import { PRESENTATION_SILENCE } from "./presentations.ts";
import { createStreamReader } from "./stream-reader.ts";

/** Frames repeat every 50 ms or so while a card rests: after six missed ones it has left. */
export const RDM6300_SILENCE = PRESENTATION_SILENCE;
/** The rate the module is built for, 8N1. */
export const RDM6300_BAUD_RATE = 9600;
/** Longer than the next frame takes: its beginning ends one that broke off, and a slow line breaks none. */
const BROKEN_OFF_AFTER = milliseconds(300);

export interface Rdm6300Options {
  readonly link: ByteLink;
  readonly clock: Clock;
  readonly form?: BadgeForm | undefined;
  /** A card that was not heard for so long has left. Default: RDM6300_SILENCE. */
  readonly silence?: DurationMs;
}

/** A badge reader RDM6300, or an ID-12 or ID-20, on a serial line. */
export const createRdm6300Reader = (options: Rdm6300Options): BadgeReader =>
  createStreamReader({ driver: "rdm6300", stream: rdm6300Stream, gap: BROKEN_OFF_AFTER, ...options });
