export interface SignInAddress {
  /** Where to go once signed in: a page of this controller, or null. */
  readonly to: string | null;
  /** The page that the person's role does not open. */
  readonly refused: string | null;
  /** Of the one-time link on the console. */
  readonly first: string | null;
  /** The address without that token: what stays in the bar. */
  readonly kept: string;
}

/** Only a path of our own: "//elsewhere" and "https:..." would lead a person who trusts this page away from it. */
const ownPath = (path: string | null, base: string): string | null => {
  if (path === null || !path.startsWith("/") || !URL.canParse(path, base)) return null;
  const url = new URL(path, base);
  return url.origin === new URL(base).origin && url.pathname !== "/sign-in" ? `${url.pathname}${url.search}` : null;
};

export function readSignInAddress(href: string): SignInAddress {
  const url = new URL(href);
  const first = new URLSearchParams(url.hash.slice(1)).get("first");
  return {
    to: ownPath(url.searchParams.get("to"), href),
    refused: ownPath(url.searchParams.get("not"), href),
    first,
    kept: `${url.pathname}${url.search}`,
  };
}
