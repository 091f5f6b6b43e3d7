/** Flat facts that go with an error: what, where. Never a secret, never personal data. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | null>>;

/**
 * An operating error: something outside the program is not as it must be. `code` is stable (documented, searched for,
 * tested); `message` is the one clear line a person reads: what, where, and what to do.
 */
export class HallError extends Error {
  readonly code: string;
  readonly context: ErrorContext;

  constructor(code: string, message: string, context: ErrorContext = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "HallError";
    this.code = code;
    this.context = context;
  }
}

/** The words of whatever was thrown, on one line. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.replace(/\s+/gu, " ").trim();
}
