/** What a browser says of where a request comes from. */
interface Provenance {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

const HARMLESS: readonly string[] = ["GET", "HEAD", "OPTIONS"];
const OWN_SITES: readonly (string | undefined)[] = [undefined, "same-origin", "none"];

/**
 * Whether a request that changes something comes from one of our own pages, or from no browser at all. Browsers name
 * the origin of every POST, and no page can make them lie. Cookies are `SameSite=Strict` besides, bodies JSON alone.
 */
export function isOwnOrigin({ method, host, origin, fetchSite }: Provenance): boolean {
  if (HARMLESS.includes(method)) return true;
  if (!OWN_SITES.includes(fetchSite)) return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host?.toLowerCase());
}
