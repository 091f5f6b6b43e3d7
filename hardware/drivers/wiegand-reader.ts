import type { Clock } from "../../protocol/base/time.ts";
import type { BadgeForm } from "../codecs/badge-form.ts";
import { type BridgeFrame, bridgeStream } from "../codecs/wiegand-bridge.ts";
import type { BadgeReader } from "../ports/badge-reader.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import { createStreamReader } from "./stream-reader.ts";

export interface WiegandReaderOptions {
  readonly link: ByteLink;
  readonly clock: Clock;
  /** How this bridge writes down what comes over Wiegand. */
  readonly frame: BridgeFrame;
  readonly form?: BadgeForm | undefined;
}

/** A Wiegand reader behind a serial or USB bridge. */
export const createWiegandReader = ({ frame, ...rest }: WiegandReaderOptions): BadgeReader =>
  createStreamReader({ driver: "wiegand-bridge", stream: bridgeStream(frame), ...rest });
