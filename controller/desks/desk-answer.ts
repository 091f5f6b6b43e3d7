import { accepted, type Result, refused } from "../../protocol/index.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type { HallEvent } from "../core/events.ts";
import { CANNOT_WRITE, CONFLICT, refusalOf } from "./desk-refusals.ts";
import type { Outcome } from "../engine/engine.ts";

/** What somebody at a desk hears of their order. `repeated`: the answer that the same key got before. */
export function deskAnswer<T>(
  outcome: Outcome,
  answerOf: (events: readonly HallEvent[]) => T,
  repeated: (answer: string) => T,
): Result<T, DeskRefusal> {
  switch (outcome.type) {
    case "committed":
      return accepted(answerOf(outcome.events));
    case "repeated":
      return accepted(repeated(outcome.answer));
    case "conflict":
      return refused(CONFLICT);
    case "unwritten":
      return refused(CANNOT_WRITE);
    case "rejected":
      return refused(refusalOf(outcome.rejection));
  }
}
