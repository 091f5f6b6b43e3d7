import { isIP } from "node:net";
import type { ControllerConfiguration } from "./config.ts";

const ANY_ADDRESS = ["0.0.0.0", "::"];

/** Where a browser finds the pages: at a name of the controller's if it has one, else on its own machine. */
export function pagesUrl(
  { host, port }: Pick<ControllerConfiguration["http"], "host" | "port">,
  names: ControllerConfiguration["names"],
): string {
  const reachable = ANY_ADDRESS.includes(host) ? (names[0] ?? "127.0.0.1") : host;
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`;
}
