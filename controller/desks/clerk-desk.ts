import {
  accepted,
  type Bilingual,
  bilingual,
  canonicalJson,
  type CounterId,
  present,
  type Random,
  type Result,
  refused,
  type StaffId,
  TicketId,
} from "../../protocol/index.ts";
import { ActionDone, type ClerkAction, type ClerkDesk } from "../adapters/http/clerk-desk.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type { Actor } from "../core/access/actor.ts";
import type { HallEvent } from "../core/events.ts";
import type { HallView } from "../core/state.ts";
import { deskAnswer } from "./desk-answer.ts";
import { BUSY, isBusy } from "./desk-refusals.ts";
import { digestOf } from "../engine/chain.ts";
import type { Engine } from "../engine/engine.ts";
import { deskOf } from "../projections/desk-view.ts";

export interface ClerkDeskParts {
  readonly engine: Engine;
  readonly random: Random;
}

const NO_SESSION: DeskRefusal = {
  code: "no-session",
  detail: "请先在本窗口刷牌签到 Badge in at this window first: it is for whoever is on duty there.",
};

/** Who acts at this window for `actor`: the person on duty there, and nobody else, whatever their role. */
export function onDutyThere(hall: HallView, counterId: CounterId, { staffId }: Actor): StaffId | null {
  const onDuty = hall.counters.get(counterId)?.onDuty ?? null;
  return onDuty !== null && onDuty === staffId ? onDuty : null;
}

const DONE: { readonly [K in ClerkAction["action"]]: Bilingual } = {
  transfer: bilingual("已转办", "Handed on"),
  hold: bilingual("已挂起", "On hold"),
  "recall-held": bilingual("已呼回挂起的号", "Held ticket called back"),
  "call-ticket": bilingual("已呼叫", "Called"),
  decline: bilingual("已婉拒并备案", "Declined, on file"),
  cancel: bilingual("已作废", "Cancelled"),
  pause: bilingual("已暂停", "Paused"),
  resume: bilingual("已恢复", "Resumed"),
  "re-enter": bilingual("已恢复排队", "Back in the queue"),
  "ask-back": bilingual("已请回", "Asked back"),
  "late-ticket": bilingual("已补号", "Late ticket issued"),
};

/** The windows behind their counter pages. */
export function clerkDesk(parts: ClerkDeskParts): ClerkDesk {
  const { engine } = parts;
  return {
    picture(counter, actor) {
      if (onDutyThere(engine.hall, counter, actor) === null) return refused(NO_SESSION);
      const seen = present(engine.hall.counters.get(counter), `counter ${counter}`);
      return accepted(deskOf(engine.hall, seen, engine.time().at));
    },
    act(counter, actor, action, key) {
      const staffId = onDutyThere(engine.hall, counter, actor);
      if (staffId === null) return Promise.resolve(refused(NO_SESSION));
      if (isBusy(engine)) return Promise.resolve(refused(BUSY));
      return act(parts, { counterId: counter, staffId, action }, key);
    },
  };
}

interface Act {
  readonly counterId: CounterId;
  readonly staffId: StaffId;
  readonly action: ClerkAction;
}

function act(parts: ClerkDeskParts, asked: Act, key: string | null): Promise<Result<ActionDone, DeskRefusal>> {
  return new Promise((resolve) => actAtDesk(parts, asked, key, resolve));
}

/** One act of the clerk on duty. `done` runs after its commit; a repeat under the same `key` gets the same answer. */
export function actAtDesk(
  { engine, random }: Pick<ClerkDeskParts, "engine" | "random">,
  asked: Act,
  key: string | null,
  done: (acted: Result<ActionDone, DeskRefusal>) => void,
): void {
  const ticketId = TicketId.parse(random.uuid());
  const order = { type: "clerk-action", ...asked, ticketId } as const;
  const answerOf = (events: readonly HallEvent[]): ActionDone => ({
    number: numberIn(events),
    text: DONE[asked.action.action],
  });
  const idempotency =
    key === null
      ? {}
      : {
          key: {
            key: `desk/${asked.counterId}/${key}`,
            digest: digestOf(canonicalJson({ staff: asked.staffId, action: { ...asked.action } })),
            answerOf: (events: readonly HallEvent[]) => JSON.stringify(answerOf(events)),
          },
        };
  engine.submit(order, (outcome) => done(deskAnswer(outcome, answerOf, doneAgain)), idempotency);
}

const doneAgain = (answer: string): ActionDone => ActionDone.parse(JSON.parse(answer));

function numberIn(events: readonly HallEvent[]): ActionDone["number"] {
  for (const { data } of events) if ("number" in data) return data.number;
  return null;
}
