export interface CounterAddress {
  /** Null: the address names no counter. */
  readonly counter: string | null;
  /** The one-time token of the printed address, in its query or behind its `#`. */
  readonly token: string | null;
  /** The same address without the token: what stays in the bar, the history and a bookmark. */
  readonly kept: string;
}

/** `/counter/3?token=...`, `/counter/3#token=...` or `/counter?counter=3#token=...`. */
export function readAddress(href: string): CounterAddress {
  const url = new URL(href);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const token = url.searchParams.get("token") ?? fragment.get("token");
  const named = /^\/counter\/([^/]+)\/?$/u.exec(url.pathname)?.[1];
  const counter = named === undefined ? url.searchParams.get("counter") : decodeURIComponent(named);
  url.searchParams.delete("token");
  fragment.delete("token");
  const hash = fragment.toString();
  return { counter, token, kept: `${url.pathname}${url.search}${hash === "" ? "" : `#${hash}`}` };
}
