import type { EventType, HallEvent } from "../../controller/index.ts";
import type { Level } from "../../protocol/index.ts";
import type { LeaveReason } from "../people/people.ts";
import type { DayOptions, PlayedDay } from "./play-day.ts";
import { type QuarterHour, quarterHours } from "./quarter-hours.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { type QueueStep, ticketStory } from "./ticket-lives.ts";
import { windowWork } from "./window-work.ts";

/** What a manager would ask of a day. Everything but `citizens` is from the log alone. */
export interface DayFigures {
  readonly options: DayOptions;
  /** `left`: went home without being served. A ticket of theirs becomes a no-show when it is called. */
  readonly citizens: { readonly came: number; readonly left: { readonly [K in LeaveReason]: number } };
  /** By their last outcome: `issued` is the sum of the others. */
  readonly tickets: {
    readonly issued: number;
    readonly served: number;
    readonly noShow: number;
    readonly declined: number;
    readonly cancelled: number;
    readonly notPrinted: number;
    readonly dayEnded: number;
    readonly open: number;
  };
  /** No-shows that came back, once each. */
  readonly reEntered: number;
  /** From the kiosk's ticket to its first call, of tickets that were called. */
  readonly waiting: Spread | null;
  /** One leg at a window, from start to end. */
  readonly service: Spread | null;
  readonly peakQueue: { readonly waiting: number; readonly atMs: number };
  readonly windows: {
    readonly count: number;
    /** Serving as a share of being on duty. */
    readonly utilisation: { readonly mean: number; readonly min: number; readonly max: number };
    readonly leastUsed: string;
    readonly mostUsed: string;
  };
  readonly ratings: {
    readonly asked: number;
    readonly given: number;
    /** Of those asked. */
    readonly share: number;
    readonly levels: { readonly [K in Level]: number };
    readonly mean: number | null;
  };
  readonly calls: { readonly called: number; readonly recalled: number };
  readonly taps: {
    readonly all: number;
    readonly signOns: number;
    readonly signOffs: number;
    readonly refused: number;
  };
  readonly presses: { readonly keys: number; readonly ratings: number; readonly refused: number };
  readonly staff: {
    readonly pauses: number;
    readonly outings: number;
    readonly covers: number;
    readonly patrols: number;
  };
  /** 延时服务: whole minutes as they are on record, and the windows' number. */
  readonly extended: { readonly windows: number; readonly minutes: number };
  readonly log: { readonly events: number };
  readonly quarters: readonly QuarterHour[];
}

const LEAVE_REASONS: readonly LeaveReason[] = ["no-ticket", "impatient", "too-late", "two-tickets"];

export function dayFigures({ options, plan, events, history }: PlayedDay): DayFigures {
  const { lives, queue } = ticketStory(events);
  const left = history.of("citizen-left");
  const ended = ofType(events, "visit.ended");
  const came = history.of("citizen-came");
  return {
    options,
    citizens: {
      came: came.length,
      left: Object.fromEntries(
        LEAVE_REASONS.map((why) => [why, left.filter((entry) => entry.why === why).length]),
      ) as DayFigures["citizens"]["left"],
    },
    tickets: ticketsOf(lives.map(({ outcome }) => outcome)),
    reEntered: ofType(events, "ticket.re-entered").filter(({ data }) => data.how === "came-back").length,
    waiting: spreadOf(
      lives.flatMap(({ issuedAtMs, firstCalledAtMs }) =>
        firstCalledAtMs === null ? [] : firstCalledAtMs - issuedAtMs,
      ),
    ),
    service: spreadOf(ended.map(({ data }) => data.servedMs)),
    peakQueue: peakOf(queue, plan.startMs),
    windows: windowsOf(events, plan),
    ratings: ratingsOf(events, ended.length),
    calls: { called: count(events, "ticket.called"), recalled: count(events, "ticket.recalled") },
    taps: tapsOf(events),
    presses: {
      keys: history.of("key-pressed").length,
      ratings: history.of("rating-pressed").length,
      refused: count(events, "intent.refused"),
    },
    staff: {
      pauses: count(events, "counter.paused"),
      outings: count(events, "staff.went-out"),
      covers: count(events, "staff.took-over"),
      patrols: count(events, "patrol.recorded"),
    },
    extended: extendedIn(events),
    log: { events: events.length },
    quarters: quarterHours(
      plan,
      came.map(({ atMs }) => atMs),
      queue,
    ),
  };
}

const ofType = <K extends EventType>(events: readonly HallEvent[], type: K): Extract<HallEvent, { type: K }>[] =>
  events.filter((event): event is Extract<HallEvent, { type: K }> => event.type === type);

const count = (events: readonly HallEvent[], type: EventType): number => ofType(events, type).length;

function ticketsOf(outcomes: readonly (string | null)[]): DayFigures["tickets"] {
  const of = (outcome: string | null): number => outcomes.filter((one) => one === outcome).length;
  return {
    issued: outcomes.length,
    served: of("served"),
    noShow: of("no-show"),
    declined: of("declined"),
    cancelled: of("cancelled"),
    notPrinted: of("not-printed"),
    dayEnded: of("day-ended"),
    open: of(null),
  };
}

function peakOf(queue: readonly QueueStep[], startMs: number): DayFigures["peakQueue"] {
  let [waiting, peak] = [0, { waiting: 0, atMs: startMs }];
  for (const { atMs, by } of queue) {
    waiting += by;
    if (waiting > peak.waiting) peak = { waiting, atMs };
  }
  return peak;
}

function windowsOf(events: readonly HallEvent[], { counters }: PlayedDay["plan"]): DayFigures["windows"] {
  const work = windowWork(
    events,
    counters.map(({ counterId }) => counterId),
  );
  const used = work
    .map(({ counterId, dutyMs, servedMs }) => ({ counterId, share: dutyMs === 0 ? 0 : servedMs / dutyMs }))
    .sort((a, b) => a.share - b.share);
  const duty = work.reduce((sum, { dutyMs }) => sum + dutyMs, 0);
  const served = work.reduce((sum, { servedMs }) => sum + servedMs, 0);
  return {
    count: counters.length,
    utilisation: {
      mean: duty === 0 ? 0 : served / duty,
      min: used[0]?.share ?? 0,
      max: used.at(-1)?.share ?? 0,
    },
    leastUsed: used[0]?.counterId ?? "",
    mostUsed: used.at(-1)?.counterId ?? "",
  };
}

function ratingsOf(events: readonly HallEvent[], asked: number): DayFigures["ratings"] {
  const levels = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  const given = ofType(events, "rating.given");
  for (const { data } of given) levels[data.level] += 1;
  const sum = given.reduce((total, { data }) => total + data.level, 0);
  return {
    asked,
    given: given.length,
    share: asked === 0 ? 0 : given.length / asked,
    levels,
    mean: given.length === 0 ? null : sum / given.length,
  };
}

function tapsOf(events: readonly HallEvent[]): DayFigures["taps"] {
  const effects = ofType(events, "badge.recorded").map(({ data }) => data.effect);
  return {
    all: effects.length + count(events, "badge.noted"),
    signOns: effects.filter((effect) => effect === "sign-on").length,
    signOffs: effects.filter((effect) => effect.startsWith("sign-off")).length,
    refused: effects.filter((effect) => effect.startsWith("refused-")).length,
  };
}

function extendedIn(events: readonly HallEvent[]): DayFigures["extended"] {
  const ends = ofType(events, "counter.extension-ended");
  return {
    windows: new Set(ends.map(({ data }) => data.counterId)).size,
    minutes: ends.reduce((sum, { data }) => sum + data.minutes, 0),
  };
}
