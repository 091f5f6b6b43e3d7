/** `__Host-` would ask for TLS, which the loopback has not: the attributes say the same. */
export const SESSION_COOKIE = "hallward-session";
const TOKEN = /^[0-9a-f]{64}$/u;

const attributes = (secure: boolean): string => `Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;

/** Without an age: it ends with the browser, and before that when the session is over. */
export const sessionCookie = (token: string, secure: boolean): string =>
  `${SESSION_COOKIE}=${token}; ${attributes(secure)}`;
export const noSessionCookie = (secure: boolean): string => `${SESSION_COOKIE}=; Max-Age=0; ${attributes(secure)}`;

/** The token that a Cookie header carries; null when it carries none that could be one. */
export function tokenIn(header: string | undefined): string | null {
  for (const part of (header ?? "").split(";")) {
    const [name, value = ""] = part.trim().split("=", 2);
    if (name === SESSION_COOKIE && TOKEN.test(value)) return value;
  }
  return null;
}
