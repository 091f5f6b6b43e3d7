import { type Result, accepted } from "../../protocol/index.ts";
import type { Command, Rejection } from "./commands.ts";
import type { EventDraft, HallEvent } from "./events.ts";
import type { HallState, HallView } from "./state.ts";

/** What would follow from `command` here and now. Pure: the same hall and command give the same answer. */
export function decide(_hall: HallView, _command: Command): Result<readonly EventDraft[], Rejection> {
  return accepted([]);
}

/** Folds one event into the state, in place (see `state.ts`). Deterministic and total: it never throws on a logged event. */
export function evolve(hall: HallState, event: HallEvent): void {
  hall.position = event.seq;
}
