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
} from "../protocol/index.ts";
import { ActionDone, type ClerkAction, type ClerkDesk } from "./adapters/http/clerk-desk.ts";
import type { DeskRefusal } from "./adapters/http/desk-refusal.ts";
import type { HallEvent } from "./core/events.ts";
import type { DeskSessions } from "./desk-sessions.ts";
import { BUSY, CANNOT_WRITE, CONFLICT, isBusy, refusalOf, refusedAs } from "./desk-refusals.ts";
import { digestOf } from "./engine/chain.ts";
import type { Engine, Outcome } from "./engine/engine.ts";
import { deskOf } from "./projections/desk-view.ts";

export interface ClerkDeskParts {
  readonly engine: Engine;
  readonly sessions: DeskSessions;
  readonly random: Random;
}

const NO_SESSION: DeskRefusal = {
  code: "no-session",
  detail: "Start one with the window's token while you are on duty there; it ends when you sign off.",
};
const BAD_TOKEN: DeskRefusal = {
  code: "bad-desk-token",
  detail: "The token is not this window's, or was used: the controller has written the next one.",
};

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
  const { engine, sessions } = parts;
  return {
    startSession(counter, token) {
      const started = sessions.start(counter, token);
      if (started === null) return refused(BAD_TOKEN);
      return started === "nobody" ? refused(refusedAs("nobody-on-duty")) : accepted(started);
    },
    picture(counter, bearer) {
      if (sessions.staffOf(counter, bearer) === null) return refused(NO_SESSION);
      const seen = present(engine.hall.counters.get(counter), `counter ${counter}`);
      return accepted(deskOf(engine.hall, seen, engine.time().at));
    },
    act(counter, bearer, action, key) {
      const staffId = sessions.staffOf(counter, bearer);
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
  engine.submit(order, (outcome) => done(doneOf(outcome, answerOf)), idempotency);
}

function doneOf(
  outcome: Outcome,
  answerOf: (events: readonly HallEvent[]) => ActionDone,
): Result<ActionDone, DeskRefusal> {
  switch (outcome.type) {
    case "committed":
      return accepted(answerOf(outcome.events));
    case "repeated":
      return accepted(ActionDone.parse(JSON.parse(outcome.answer)));
    case "conflict":
      return refused(CONFLICT);
    case "unwritten":
      return refused(CANNOT_WRITE);
    case "rejected":
      return refused(refusalOf(outcome.rejection));
  }
}

function numberIn(events: readonly HallEvent[]): ActionDone["number"] {
  for (const { data } of events) if ("number" in data) return data.number;
  return null;
}
