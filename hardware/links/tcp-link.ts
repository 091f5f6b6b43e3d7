import type { Log } from "../../protocol/base/log.ts";
import type { Clock } from "../../protocol/base/time.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import { createHealingLink } from "./healing-link.ts";
import { openTcpChannel } from "./tcp-channel.ts";

export interface TcpLinkOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly log?: Log;
}

/** A device that listens on the network, connected to again and again. */
export function createTcpLink({ host, port, clock, log }: TcpLinkOptions): ByteLink {
  return createHealingLink({ name: `${host}:${port}`, connect: () => openTcpChannel(host, port, clock), clock, log });
}
