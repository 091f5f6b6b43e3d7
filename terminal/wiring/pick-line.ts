import { type ByteLink, createSerialLink, createTcpLink } from "../../hardware/index.ts";
import type { Clock, Log } from "../../protocol/index.ts";
import type { LineConfig } from "./line-config.ts";

/** What real devices are made with. */
export interface DeviceWorld {
  readonly clock: Clock;
  readonly log: Log;
}

export const pickLine = (line: LineConfig, world: DeviceWorld): ByteLink =>
  "path" in line ? createSerialLink({ ...line, ...world }) : createTcpLink({ ...line, ...world });
