import {
  type Fact,
  type Input,
  type InputPayload,
  INTENT_TTL,
  type Intent,
  isIntentType,
  payloadOf,
  type TerminalId,
  unreachable,
} from "../../../protocol/index.ts";
import type { Command } from "../commands.ts";
import { disarm } from "../counters/arming.ts";
import { callNext, markNoShow, recall } from "../counters/calling.ts";
import { counterAt } from "../counters/counter.ts";
import { hold, recallHeld } from "../counters/holding.ts";
import { cyclePause, pause, planPause, resume, unplanPause } from "../counters/pausing.ts";
import { finishService, startService } from "../counters/visits.ts";
import { byTerminal, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { giveRating } from "../ratings/rating-windows.ts";
import { noteBadge, presentBadge } from "../staff/badge.ts";
import type { HallView } from "../state.ts";
import { actorAt, type Decided, type InputContext, refuseIntent } from "./context.ts";

type ApplyInput = Extract<Command, { type: "apply-input" }>;

/**
 * What an input does. Always at least one event, so that every input of a stream is on record and the stream's position
 * follows from the log: an unusable one is rejected, an outdated intent refused, a late fact recorded.
 */
export function applyInput(hall: HallView, command: ApplyInput): EventDraft[] {
  const { input, terminalId } = command;
  const payload = payloadOf(input);
  if ("unusable" in payload) {
    return [draft("input.rejected", { input: input.type, reason: payload.unusable }, byTerminal(terminalId))];
  }
  const counter = counterAt(hall, terminalId);
  if (counter === null) return [withoutCounter(hall, terminalId, input, payload)];
  const { at, occurred, commandId, stream } = command;
  const mark = { stream, boot: input.boot, ms: input.monoMs };
  const context: InputContext = { hall, counter, input, at, occurred, mark, commandId };
  if (!isIntent(payload)) return applyFact(context, payload);
  return isTooLate(command) ? refuseIntent(context, "too-late") : applyIntent(context, payload);
}

/** While the hall's time runs slower than the terminals' (5 %, heard every 10 s), presses look younger than that. */
const TTL_PART_UNTRUSTED = 0.85;

/**
 * I11: a press that is too old never acts, nor one of unknown age: a controller without a battery can have stood for
 * minutes of which its own time, and so the press's age by it, knows nothing.
 */
function isTooLate({ input, at, occurred, clockTrusted }: ApplyInput): boolean {
  if (occurred.ageKnown === false) return true;
  const ttl = Math.min(input.ttlMs ?? 0, INTENT_TTL);
  return at - occurred.earliest > (clockTrusted ? ttl : ttl * TTL_PART_UNTRUSTED);
}

const isIntent = (payload: InputPayload): payload is Intent => isIntentType(payload.type);

function withoutCounter(hall: HallView, terminalId: TerminalId, input: Input, payload: InputPayload): EventDraft {
  const actor = byTerminal(terminalId);
  const { type } = payload;
  if (type === "badge-presented") return noteBadge(hall, terminalId, payload.body);
  return isIntentType(type)
    ? draft("intent.refused", { counterId: null, input: type, code: "no-counter", basis: input.basis ?? null }, actor)
    : draft("fact.recorded", { counterId: null, input: type, reason: "no-counter" }, actor);
}

/** I11: a press that was made when the keys meant something else never acts. */
function applyIntent(context: InputContext, intent: Intent): EventDraft[] {
  const { counter, input } = context;
  const { basis } = input;
  if (basis?.epoch !== counter.basis.epoch || basis.position !== counter.basis.position) {
    return refuseIntent(context, "outdated");
  }
  if (counter.maintenance !== null) return refuseIntent(context, "maintenance");
  if (counter.onDuty === null) return refuseIntent(context, "nobody-on-duty");
  if (counter.question !== null) return refuseIntent(context, "question-pending");
  const decided = carryOut(context, intent);
  return decided.ok ? decided.value : refuseIntent(context, decided.error);
}

function carryOut(context: InputContext, intent: Intent): Decided {
  switch (intent.type) {
    case "call-next":
      return callNext(context);
    case "recall":
      return recall(context, intent.body);
    case "no-show":
      return markNoShow(context, intent.body);
    case "disarm":
      return disarm(context);
    case "hold":
      return hold(context, intent.body);
    case "recall-held":
      return recallHeld(context);
    case "pause":
      return pause(context);
    case "cycle-pause":
      return cyclePause(context);
    case "resume":
      return resume(context);
    case "pause-planned":
      return planPause(context);
    case "pause-unplanned":
      return unplanPause(context);
    default:
      return unreachable(intent);
  }
}

function applyFact(context: InputContext, fact: Fact): EventDraft[] {
  const { counterId } = context.counter;
  switch (fact.type) {
    case "badge-presented":
      return presentBadge(context, fact.body);
    case "service-started":
      return startService(context, fact.body);
    case "service-finished":
      return finishService(context, fact.body);
    case "rating-given":
      return giveRating(context, fact.body);
    case "assistance-requested":
      return [draft("assistance.requested", { counterId }, actorAt(context.counter))];
    case "device-fault": {
      const { device, fault: name, state } = fact.body;
      const type = state === "raised" ? "device.faulted" : "device.recovered";
      return [draft(type, { counterId, device, fault: name }, byTerminal(context.counter.terminalId))];
    }
    default:
      return unreachable(fact);
  }
}
