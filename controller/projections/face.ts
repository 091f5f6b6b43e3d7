import {
  type Bilingual,
  bilingual,
  type CounterPhase,
  type Desired,
  type EpochMs,
  type Lamp,
  minutes,
  present,
  QUESTION_WITHIN,
  RATING_WINDOW,
  unreachable,
} from "../../protocol/index.ts";
import { configuredCounter } from "../core/configured.ts";
import { type CounterView, phaseOf } from "../core/counters/counter.ts";
import { BADGE_TEXTS } from "../core/refusals.ts";
import { linesAt } from "../core/sequencing/strict.ts";
import type { HallView } from "../core/state.ts";
import { colleagueShown, marksOf, personShown } from "./nameplate-people.ts";
import { pauseStatus } from "./pause-picture.ts";
import { plateNotices } from "./plate-notices.ts";

/** A counter's face without its place in the order of faces, which the publisher gives it. */
export type Face = Omit<Desired, "epoch" | "rev">;

/** Everything the terminal at `counter` shows, derived from the state alone. `now` ends what is shown for a while. */
export function faceOf(hall: HallView, counter: CounterView, now: EpochMs): Face {
  const phase = phaseOf(counter);
  const configured = present(
    configuredCounter(hall, counter.counterId),
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
      status: statusOf(hall, counter, phase),
      person: personShown(hall, counter.onDuty),
      colleague: colleagueShown(hall, counter),
      marks: marksOf(hall, counter, now),
      ticketNumber: counter.visit?.number ?? null,
      notices: TELLS_NOTICES.has(phase) ? plateNotices(hall, counter.counterId, now) : [],
    },
    lamps: lampsOf(phase, counter.pausePlanned),
    prompt: promptOf(counter, now),
    visit: visitOf(counter),
    rating: ratingOf(hall, counter),
    pausePlanned: counter.pausePlanned,
    waiting: linesAt(hall, counter).reduce((sum, line) => sum + line.size, 0),
  };
}

const MINUTE = minutes(1);

/** Until then the same state gives the same face: an answer to a badge has had its time, marks and notices change. */
export function faceChangesAt({ lastBadge }: CounterView, now: EpochMs): number {
  const nextMinute = now - (now % MINUTE) + MINUTE;
  const answered = lastBadge === null ? now : lastBadge.atMs + QUESTION_WITHIN;
  return answered > now ? Math.min(answered, nextMinute) : nextMinute;
}

/** While nobody is at the window. */
const TELLS_NOTICES: ReadonlySet<CounterPhase> = new Set(["idle", "closed", "maintenance"]);

const STATUS: { readonly [K in CounterPhase]: Bilingual } = {
  closed: bilingual("暂停服务", "Closed"),
  idle: bilingual("正在服务", "Open"),
  armed: bilingual("正在服务 等候下一位", "Open, ready for the next"),
  called: bilingual("请到窗口办理", "Please come to the window"),
  presumed: bilingual("正在办理", "Serving"),
  serving: bilingual("正在办理", "Serving"),
  rating: bilingual("请您对本次服务评价", "Please rate this service"),
  paused: bilingual("暂停办理", "Paused"),
  question: bilingual("正在服务", "Open"),
  maintenance: bilingual("设备维护，暂停服务", "Out of service, maintenance"),
};
const OUT = bilingual("暂停办理 外出", "Paused, away");

function statusOf(hall: HallView, counter: CounterView, phase: CounterPhase): Bilingual {
  if (counter.paused === "out") return OUT;
  const isPaused = phase === "paused" || (phase === "question" && counter.paused !== null);
  return isPaused ? pauseStatus(hall, counter) : STATUS[phase];
}

function lampsOf(phase: CounterPhase, pausePlanned: boolean): { call: Lamp; pause: Lamp } {
  switch (phase) {
    case "closed":
    case "maintenance":
    case "question":
      return { call: "off", pause: "off" };
    case "called":
      return { call: "blink", pause: "off" };
    case "paused":
      return { call: "off", pause: "on" };
    case "presumed":
    case "serving":
      return { call: "on", pause: pausePlanned ? "blink" : "off" };
    case "idle":
    case "armed": // The lamp begins to blink with the call that comes by itself.
    case "rating":
      return { call: "on", pause: "off" };
    default:
      return unreachable(phase);
  }
}

/** A question stands until it is answered or lapses, the answer to a badge as long as a question would. */
function promptOf({ question, lastBadge }: CounterView, now: EpochMs): Bilingual | null {
  if (question !== null) return BADGE_TEXTS[`asked-${question.about}`];
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
