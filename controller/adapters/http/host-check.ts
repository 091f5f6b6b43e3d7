import { isIP } from "node:net";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
const ANY_ADDRESS = ["0.0.0.0", "::"];

/**
 * Whether a Host header names this controller. A foreign page can make its own name lead here (DNS rebinding) and would
 * then be taken by the browser for one of ours; it cannot make the browser send our name.
 */
export function hostCheck(boundTo: string, names: readonly string[]): (host: string | undefined) => boolean {
  const own = ANY_ADDRESS.includes(boundTo) ? names : [boundTo, ...names];
  const ours = new Set([...LOOPBACK, ...own.map((name) => (isIP(name) === 6 ? `[${name}]` : name))]);
  return (host) => host !== undefined && ours.has(host.toLowerCase().replace(/:\d{1,5}$/u, ""));
}
