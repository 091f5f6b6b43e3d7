import type { Direction, HallEvent, Tap } from "../../../controller/index.ts";
import type { EntryOf, History } from "../../history.ts";
import { timeOfDay } from "../../people/crowd/working-hours.ts";
import type { Evidence } from "../checker.ts";
import { doubtSaid, isGuessed } from "../guessed.ts";
import { inputsByKey, keyOfCause, storedAt } from "../timeline.ts";

/** A tap as the world saw it, under the meaning that the window's answer gave it. */
export interface KnownTap {
  readonly person: string;
  readonly terminal: string;
  readonly direction: Direction | null;
  /** Seconds since midnight at which the badge was held to the reader, by the world's own time. */
  readonly trueS: number;
  /** Seconds by which the hall may be wrong about it beyond what it says itself: its own clock, its terminal's. */
  readonly slackS: number;
  /** Seconds of doubt that the hall states. */
  readonly doubtS: number;
}

type TapEvent = Extract<HallEvent, { type: "badge.recorded" | "badge.noted" }>;

const MEANINGS: Readonly<Record<string, Direction>> = {
  "sign-on": "in",
  "took-over": "in",
  "sign-off": "out",
  "sign-off-planned": "out",
  "refused-waiting": "out",
  "went-out": "leave-post",
  "came-back": "return",
};

/** Whole seconds on both sides, a message under way, a clock that drifts 500 ppm for an hour without a word. */
const CLOCKS_S = 5;

/**
 * Every tap of the log with the instant at which the world saw it made. Null: somebody's cannot be told, because their
 * input lies under a key that meant two things, or nobody saw it being made (which other checkers complain of).
 */
export function knownTaps({ plan, history, events }: Evidence): readonly KnownTap[] | null {
  const journalled = inputsByKey(history);
  const presented = Map.groupBy(history.of("tap-presented"), ({ terminalId, badge }) => `${terminalId} ${badge}`);
  const owners = new Map(plan.staff.flatMap((one) => (one.role === "old-card" ? [] : [[one.digest, one] as const])));
  const clockS = clockOff(history, events);
  const doubtOf = doubtSaid(events);
  const found: KnownTap[] = [];
  for (const event of events) {
    if (!isTap(event) || event.cause.kind !== "input") continue;
    const person = owners.get(event.data.badge)?.staffId;
    if (person === undefined) continue; // A stranger's, or a card that was withdrawn: it speaks for nobody.
    const inputs = journalled.get(keyOfCause(event) ?? "") ?? [];
    const [input] = inputs;
    const { terminalId } = event.cause;
    const made = presented.get(`${terminalId} ${event.data.badge}`)?.findLast(({ atMs }) => atMs <= (input?.atMs ?? 0));
    if (inputs.length !== 1 || made === undefined) return null;
    found.push({
      person,
      terminal: terminalId,
      direction: event.type === "badge.recorded" ? (MEANINGS[event.data.effect] ?? null) : null,
      trueS: timeOfDay(made.atMs) / 1000,
      slackS: CLOCKS_S + clockS + standstill(history, made) / 1000,
      doubtS: doubtOf(event) / 1000,
    });
  }
  return found;
}

const isTap = (event: HallEvent): event is TapEvent => event.type === "badge.recorded" || event.type === "badge.noted";

/** Seconds by which the hall's time was ever off the world's, as both wrote an event down: but for its guesses. */
function clockOff(history: History, events: readonly HallEvent[]): number {
  const timeOf = storedAt({ history });
  const said = events.filter((event) => !isGuessed(event));
  return said.reduce((most, { seq, recordedAtMs }) => Math.max(most, Math.abs(recordedAtMs - timeOf(seq))), 0) / 1000;
}

/** A terminal that stood still dates what it then reads to when it stopped. Milliseconds that it had stood by then. */
function standstill(history: History, { terminalId, atMs }: EntryOf<"tap-presented">): number {
  const within = history
    .of("stood-still")
    .filter((still) => still.node === terminalId && atMs >= still.atMs && atMs <= still.atMs + still.forMs);
  return within.reduce((most, { forMs }) => Math.max(most, forMs), 0);
}

/** What the tap can have been at worst, and at best, for whoever is judged by it: an interval for the engine. */
export function tapOf(known: KnownTap, day: number, favour: "worst" | "best"): Tap {
  const { person, terminal, direction, trueS, slackS, doubtS } = known;
  const at = day * 86_400 + trueS;
  const wide = favour === "best" ? slackS + doubtS : -slackS; // At worst an arrival is at the interval's *late* end.
  return {
    person,
    terminal,
    direction,
    at,
    earliest: at - wide,
    latest: at + wide,
    role: "counter",
    badge: "valid",
    source: "badge",
  };
}
