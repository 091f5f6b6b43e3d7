import type { Log } from "../../protocol/base/log.ts";
import type { Clock } from "../../protocol/base/time.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import { createHealingLink } from "./healing-link.ts";
import { openSerialChannel } from "./serial-channel.ts";

export interface SerialLinkOptions {
  /** A stable one, /dev/serial/by-id/... or by-path: ttyACM0 may be another device after a replug. */
  readonly path: string;
  readonly baudRate: number;
  readonly clock: Clock;
  readonly log?: Log;
}

/** A serial line, 8N1, that heals itself. */
export function createSerialLink({ path, baudRate, clock, log }: SerialLinkOptions): ByteLink {
  return createHealingLink({ name: path, connect: () => openSerialChannel(path, baudRate, clock), clock, log });
}
