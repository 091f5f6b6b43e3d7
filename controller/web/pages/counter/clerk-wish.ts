import type { z } from "zod";
import type { ClerkAction } from "../../../core/desk/clerk-action.ts";

/** An action as it is sent. */
export type Wish = z.input<typeof ClerkAction>;
type WishOf<K extends Wish["action"]> = Extract<Wish, { action: K }>;
export type ReasonedAction = "call-ticket" | "decline" | "cancel";

/** A dialog that asks for the rest of an action. */
export type Question =
  | { readonly kind: "transfer"; readonly visit: string; readonly number: string }
  | { readonly kind: "pause" }
  | { readonly kind: "late-ticket" }
  | { readonly kind: "reason"; readonly action: ReasonedAction; readonly ticket: string; readonly number: string };

function word(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** What the clerk has said in the dialog; null while something is still missing. */
export function wishOf(question: Question, form: FormData): Wish | null {
  switch (question.kind) {
    case "transfer":
      return transferOf(question.visit, form);
    case "pause":
      return pauseOf(form);
    case "late-ticket": {
      const service = word(form, "service");
      const reason = word(form, "reason");
      return service === "" || reason === "" ? null : { action: "late-ticket", service, reason };
    }
    case "reason": {
      const reason = word(form, "reason");
      return reason === "" ? null : { action: question.action, ticket: question.ticket, reason };
    }
    default:
      return question satisfies never;
  }
}

function transferOf(visit: string, form: FormData): WishOf<"transfer"> | null {
  const kind = word(form, "to");
  const target = word(form, kind);
  const legService = word(form, "leg-service");
  const leg = legService === "" ? {} : { service: legService };
  if (target === "") return null;
  switch (kind) {
    case "service":
      return { action: "transfer", visit, to: { service: target } };
    case "counter":
      return { action: "transfer", visit, to: { counter: target }, ...leg };
    case "staff":
      return { action: "transfer", visit, to: { staff: target }, ...leg };
    default:
      return null;
  }
}

function pauseOf(form: FormData): WishOf<"pause"> | null {
  const reason = word(form, "reason");
  const minutes = Number(word(form, "minutes"));
  if (reason === "") return null;
  return { action: "pause", reason, ...(minutes > 0 ? { minutes } : {}) };
}
