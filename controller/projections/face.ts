import {
  type Bilingual,
  bilingual,
  type CounterPhase,
  type Desired,
  type EpochMs,
  type Lamp,
  type PersonOnDuty,
  present,
  QUESTION_WITHIN,
  RATING_WINDOW,
  unreachable,
} from "../../protocol/index.ts";
import { type CounterView, phaseOf } from "../core/counters/counter.ts";
import { BADGE_TEXTS } from "../core/refusals.ts";
import type { HallView } from "../core/state.ts";

/** A counter's face without its place in the order of faces, which the publisher gives it. */
export type Face = Omit<Desired, "epoch" | "rev">;

/** Everything the terminal at `counter` shows, derived from the state alone. `now` ends what is shown for a while. */
export function faceOf(hall: HallView, counter: CounterView, now: EpochMs): Face {
  const phase = phaseOf(counter);
  const configured = present(
    hall.configuration?.counters.find((entry) => entry.id === counter.counterId),
    `configuration of counter ${counter.counterId}`,
  );
  return {
    v: 1,
    terminalId: counter.terminalId,
    counterId: counter.counterId,
    phase,
    basis: counter.basis,
    nameplate: {
      service: configured.title,
      status: statusOf(counter, phase),
      person: personAt(hall, counter),
      ticketNumber: counter.visit?.number ?? null,
      notices: [...(hall.configuration?.notices ?? [])],
    },
    lamps: lampsOf(phase),
    prompt: promptOf(counter, now),
    visit: visitOf(counter),
    rating: ratingOf(hall, counter),
    pausePlanned: counter.pausePlanned,
    waiting: waitingAt(hall, configured.queues),
  };
}

const STATUS: { readonly [K in CounterPhase]: Bilingual } = {
  closed: bilingual("暂停服务", "Closed"),
  idle: bilingual("正在服务", "Open"),
  called: bilingual("请到窗口办理", "Please come to the window"),
  serving: bilingual("正在办理", "Serving"),
  rating: bilingual("请您对本次服务评价", "Please rate this service"),
  paused: bilingual("暂停办理", "Paused"),
  question: bilingual("正在服务", "Open"),
};
const OUT = bilingual("外出，稍后返回", "Away, back soon");

const statusOf = (counter: CounterView, phase: CounterPhase): Bilingual =>
  counter.paused === "out" ? OUT : STATUS[phase];

function personAt(hall: HallView, counter: CounterView): PersonOnDuty | null {
  const person = hall.configuration?.staff.find((entry) => entry.id === counter.onDuty);
  return person === undefined
    ? null
    : { staffId: person.id, name: person.name, post: person.post, number: person.number };
}

function lampsOf(phase: CounterPhase): { call: Lamp; pause: Lamp } {
  switch (phase) {
    case "closed":
    case "question":
      return { call: "off", pause: "off" };
    case "called":
      return { call: "blink", pause: "off" };
    case "paused":
      return { call: "off", pause: "on" };
    case "idle":
    case "serving":
    case "rating":
      return { call: "on", pause: "off" };
    default:
      return unreachable(phase);
  }
}

/** A question stands until it is answered or lapses, the answer to a badge as long as a question would. */
function promptOf({ question, lastBadge }: CounterView, now: EpochMs): Bilingual | null {
  if (question !== null) return BADGE_TEXTS["asked-going-out"];
  return lastBadge === null || now - lastBadge.atMs >= QUESTION_WITHIN ? null : BADGE_TEXTS[lastBadge.effect];
}

function visitOf({ visit }: CounterView): Desired["visit"] {
  if (visit === null) return null;
  return { visitId: visit.visitId, ticketNumber: visit.number, phase: visit.phase, callCount: visit.callCount };
}

function ratingOf(hall: HallView, counter: CounterView): Desired["rating"] {
  const window = counter.rating === null ? undefined : hall.ratings.get(counter.rating);
  if (window === undefined || window.state !== "open") return null;
  const { visitId, openedAtMs } = window;
  return { visitId, openedAtMs, closesAtMs: openedAtMs + RATING_WINDOW };
}

function waitingAt(hall: HallView, queues: CounterQueues): number {
  return queues.reduce((sum, queueId) => sum + (hall.lines.get(queueId)?.size ?? 0), 0);
}

type CounterQueues = NonNullable<HallView["configuration"]>["counters"][number]["queues"];
