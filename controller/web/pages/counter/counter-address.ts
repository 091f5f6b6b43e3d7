/** The counter that `/counter/3` or `/counter?counter=3` names; null when it names none. */
export function readAddress(href: string): string | null {
  const url = new URL(href);
  const named = /^\/counter\/([^/]+)\/?$/u.exec(url.pathname)?.[1];
  return named === undefined ? url.searchParams.get("counter") : decodeURIComponent(named);
}
