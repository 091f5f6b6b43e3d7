import type { z } from "zod";
import { accepted, type Result, refused } from "./base/result.ts";
import { MESSAGE_BYTES_MAX } from "./limits.ts";

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
  const parsed = schema.safeParse(value);
  if (parsed.success) return accepted(parsed.data);
  const issue = parsed.error.issues[0];
  const path = issue?.path.join(".") ?? "";
  return fault(path === "v" ? "wrong-version" : "malformed", `${path}: ${issue?.message ?? "refused"}`);
}

/** Message -> text, checked against its own schema: a message we could not read ourselves is never sent. */
export function encodeMessage<S extends z.ZodType>(schema: S, message: z.input<S>): string {
  return JSON.stringify(schema.parse(message));
}

const fault = (code: MessageFault["code"], detail: string): Result<never, MessageFault> => refused({ code, detail });
