import type { Problem } from "../../../adapters/http/problem.ts";
import { pageClock, type Words } from "../../design/design.ts";
import { PROBLEM_WORDS } from "./problem-words.ts";

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly words: Words;
  /** The field of the body in which it lies. */
  readonly field?: string;
  readonly rules?: readonly string[];
}

/** `away`: nobody answered, or the hall is not ready. A POST may have been done: its key makes a repeat safe. */
export type Reply<T> =
  | { readonly kind: "ok"; readonly value: T }
  | ({ readonly kind: "refused" } & Refusal)
  | { readonly kind: "away" };

export interface Sending {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly withinMs?: Patience;
}

type Patience = Parameters<typeof pageClock.after>[0];
const ANSWER_WITHIN_MS = 4_000 as Patience;
const AWAY_STATUSES: readonly number[] = [502, 503, 504];

export const read = <T>(path: string): Promise<Reply<T>> => ask<T>("GET", path, {});
export const send = <T>(path: string, sending: Sending): Promise<Reply<T>> => ask<T>("POST", path, sending);

async function ask<T>(
  method: "GET" | "POST",
  path: string,
  { body, headers, withinMs = ANSWER_WITHIN_MS }: Sending,
): Promise<Reply<T>> {
  const patience = new AbortController();
  const timer = pageClock.after(withinMs, () => patience.abort());
  try {
    const response = await fetch(path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: "same-origin",
      cache: "no-store",
      signal: patience.signal,
    });
    if (AWAY_STATUSES.includes(response.status)) return { kind: "away" };
    const text = await response.text();
    if (!response.ok) return refusalOf(response.status, text);
    return { kind: "ok", value: (text === "" ? null : JSON.parse(text)) as T };
  } catch {
    return { kind: "away" };
  } finally {
    timer.cancel();
  }
}

/** A problem document (RFC 9457): in the hall's own words if it has some. What is none still says its status. */
export function refusalOf(status: number, text: string): Reply<never> {
  const { reason, code = "unknown", detail = `${status}`, pointer } = problemIn(text);
  const words = reason?.text ?? PROBLEM_WORDS[code] ?? { zh: detail, en: "" };
  const field = pointer?.split("/")[1];
  const rules = reason?.rules ?? [];
  return {
    kind: "refused",
    status,
    code,
    words,
    ...(field !== undefined && { field }),
    ...(rules.length > 0 && { rules }),
  };
}

function problemIn(text: string): Partial<Problem> {
  try {
    return JSON.parse(text) as Partial<Problem>;
  } catch {
    return {};
  }
}
