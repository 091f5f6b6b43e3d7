import type { z } from "zod";
import { accepted, type Result, refused } from "./base/result.ts";
import { MESSAGE_BYTES_MAX, MESSAGE_DEPTH_MAX } from "./limits.ts";
import { MISFIT, readerOf } from "./schema-reader.ts";

/** Why a message from the wire was not taken. The codes are metric labels and stable. */
export interface MessageFault {
  readonly code: "too-large" | "not-json" | "wrong-version" | "malformed";
  /** Where and why, one line, without the message's content. */
  readonly detail: string;
}

/**
 * UTF-8 text of a message body -> message. Never throws; unknown fields are dropped, so that a newer sender is
 * understood. The edge that owns the socket also checks the byte length; this check is the last one.
 */
export function decodeMessage<S extends z.ZodType>(schema: S, text: string): Result<z.infer<S>, MessageFault> {
  if (text.length > MESSAGE_BYTES_MAX) return fault("too-large", `${text.length} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault("not-json", "not valid JSON");
  }
  if (isTooDeep(value)) return fault("malformed", `nested over ${MESSAGE_DEPTH_MAX} deep`);
  const read = readerOf(schema)(value);
  if (read !== MISFIT) return accepted(read as z.infer<S>);
  const parsed = schema.safeParse(value);
  if (parsed.success) return accepted(parsed.data);
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(plainStep).join(".") ?? "";
  return fault(path === "v" ? "wrong-version" : "malformed", `${path}: ${issue?.message ?? "refused"}`);
}

/** Message -> text, checked against its own schema: a message we could not read ourselves is never sent. */
export function encodeMessage<S extends z.ZodType>(schema: S, message: z.input<S>): string {
  const read = readerOf(schema)(message);
  return JSON.stringify(read === MISFIT ? schema.parse(message) : read);
}

/** A step of a path; a sender's own odd key is content, and stays out of the log. */
const plainStep = (step: PropertyKey): string => (/^[\w-]{1,32}$/u.test(String(step)) ? String(step) : "?");

const fault = (code: MessageFault["code"], detail: string): Result<never, MessageFault> => refused({ code, detail });

/** Turns back at the limit: 16 KiB of brackets would otherwise overrun the stack of whoever walks them. */
function isTooDeep(value: unknown, depth = 0): boolean {
  if (!isNested(value)) return false;
  if (depth === MESSAGE_DEPTH_MAX) return true;
  if (Array.isArray(value)) {
    for (const member of value) if (isNested(member) && isTooDeep(member, depth + 1)) return true;
    return false;
  }
  // What JSON.parse has made has no members but its own: no list of them has to be made.
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (isNested(member) && isTooDeep(member, depth + 1)) return true;
  }
  return false;
}

/** Most members are not: asked before each call, it saves four calls in five. */
const isNested = (value: unknown): value is object => typeof value === "object" && value !== null;
