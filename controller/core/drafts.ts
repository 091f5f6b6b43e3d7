import type { StaffId, TerminalId, VisitId } from "../../protocol/index.ts";
import type { AccountId } from "./access/actor.ts";
import type { Actor, EventBodies, EventDraft, EventType } from "./events.ts";

export const CONTROLLER: Actor = { kind: "controller" };
export const CITIZEN: Actor = { kind: "citizen" };
export const byStaff = (staffId: StaffId): Actor => ({ kind: "staff", staffId });
export const byTerminal = (terminalId: TerminalId): Actor => ({ kind: "terminal", terminalId });

/** Who is signed in; where nobody had to be, the controller itself. */
export const byAccount = (accountId?: AccountId): Actor =>
  accountId === undefined ? CONTROLLER : { kind: "account", accountId };

/** One event to be. `correlation` is the visit it belongs to. */
export function draft<K extends EventType>(
  type: K,
  data: EventBodies[K],
  actor: Actor,
  correlation: VisitId | null = null,
): EventDraft {
  return { type, data, actor, correlation } as EventDraft;
}
