import { refused, type Result, unreachable } from "../../../protocol/index.ts";
import type { Command, Rejection } from "../commands.ts";
import { hold, recallHeld } from "../counters/holding.ts";
import { pause, resume } from "../counters/pausing.ts";
import { byStaff } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { CounterContext, Decided } from "../inputs/context.ts";
import { askBack, reEnter } from "../queue/re-entry.ts";
import { rejection } from "../refusals.ts";
import type { HallView } from "../state.ts";
import { callOutOfOrder, cancelTicket, declineTicket, takeLateTicket } from "./ticket-actions.ts";
import { transferTicket } from "./transfer-action.ts";

type ClerkCommand = Extract<Command, { type: "clerk-action" }>;
type Decision = Result<readonly EventDraft[], Rejection>;

/** What the clerk on duty says on the counter page: refused as a key would be, with the same words. */
export function clerkAction(hall: HallView, command: ClerkCommand): Decision {
  const { counterId, staffId, at, commandId } = command;
  const counter = hall.counters.get(counterId);
  if (counter === undefined) return refused(rejection("no-counter"));
  if (counter.maintenance !== null) return refused(rejection("maintenance"));
  if (counter.onDuty !== staffId) return refused(rejection("nobody-on-duty"));
  if (counter.question !== null) return refused(rejection("question-pending"));
  return carryOut({ hall, counter, at, commandId, occurred: { earliest: at, latest: at } }, command);
}

function carryOut(context: CounterContext, { action, staffId, ticketId }: ClerkCommand): Decision {
  const { hall, at } = context;
  switch (action.action) {
    case "transfer":
      return worded(transferTicket(context, action));
    case "hold":
      return worded(hold(context, { visitId: action.visit }));
    case "recall-held":
      return worded(recallHeld(context, action.ticket));
    case "call-ticket":
      return worded(callOutOfOrder(context, action));
    case "decline":
      return worded(declineTicket(context, action));
    case "cancel":
      return worded(cancelTicket(context, action));
    case "pause":
      return worded(pause(context, action));
    case "resume":
      return worded(resume(context));
    case "re-enter":
      return reEnter(hall, action.ticket, at, byStaff(staffId));
    case "ask-back":
      return askBack(hall, action.ticket, at, { kind: "staff", staffId });
    case "late-ticket":
      return takeLateTicket(context, { serviceId: action.service, ticketId, reason: action.reason, staffId });
    default:
      return unreachable(action);
  }
}

const worded = (decided: Decided): Decision => (decided.ok ? decided : refused(rejection(decided.error)));
