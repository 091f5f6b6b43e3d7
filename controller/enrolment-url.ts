import { isIP } from "node:net";
import { HallError } from "../protocol/index.ts";
import type { ControllerConfiguration } from "./config.ts";

const ANY_ADDRESS = ["0.0.0.0", "::"];

/** Where a terminal enrols. An address to listen on is not always one that leads there. */
export function enrolmentUrl(
  { host, port }: Pick<ControllerConfiguration["http"], "host" | "port">,
  names: ControllerConfiguration["names"],
): string {
  const reachable = ANY_ADDRESS.includes(host) ? names[0] : host;
  if (reachable === undefined) {
    const line = `http.host is ${host}, which no terminal can use; set names: [a name or address of this controller]`;
    throw new HallError("CONFIG_NAMES_MISSING", line, { host });
  }
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}/`;
}
