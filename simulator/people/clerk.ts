import { later, type MonoMs, type Random, type TicketNumber, unreachable } from "../../protocol/index.ts";
import { happens, secondsBetween } from "./draws.ts";
import type { PlateReading } from "./plate-reading.ts";

/** What the person behind the window sees. */
export interface ClerkSight {
  readonly at: MonoMs;
  readonly plate: PlateReading;
  /** Somebody waits for this window, by the board. */
  readonly somebodyWaits: boolean;
  /** Those standing at the window. Few clerks ask for the ticket; this one does. */
  readonly atWindow: readonly TicketNumber[];
}

/** A clerk's next act, in the clerk's own words. */
export type Act = "sign-on" | "call" | "recall" | "no-show" | "start" | "finish" | "pause" | "resume";

interface Plan {
  readonly act: Act;
  readonly dueAt: MonoMs;
}

export interface Clerk {
  /** What the sight was when the plan was made: another sight, another plan. */
  readonly situation: string;
  readonly plan: Plan | null;
  readonly recalls: number;
}

export type ClerkEffect =
  | { readonly type: "press"; readonly button: "call" | "pause"; readonly held: "short" | "long" }
  | { readonly type: "tap-own-badge" };

/** A press that changed nothing is tried again after so many seconds: longer than the terminal needs to answer. */
const TRY_AGAIN: readonly [number, number] = [3.5, 5];
const RECALLS = 2;
/** Share of visits after which the clerk pauses for a while. */
const TAKES_A_BREAK = 0.04;

export const newClerk: Clerk = { situation: "", plan: null, recalls: 0 };

/** The clerk looks up: makes a plan for what is new, and acts when its moment has come. */
export function stepClerk(
  clerk: Clerk,
  sight: ClerkSight,
  random: Random,
): [clerk: Clerk, effects: readonly ClerkEffect[]] {
  if (sight.plate.sign === "unclear") return [clerk, []]; // A message flashes over the plate: it will pass.
  const situation = situationOf(sight);
  if (situation !== clerk.situation) {
    const firstLook = clerk.situation === "";
    return [{ situation, plan: planFor(sight, { recalls: 0, firstLook }, random), recalls: 0 }, []];
  }
  const { plan } = clerk;
  if (plan === null || sight.at < plan.dueAt) return [clerk, []];
  if (plan.act === "recall") {
    const recalls = clerk.recalls + 1;
    return [{ situation, plan: planFor(sight, { recalls, firstLook: false }, random), recalls }, effectsOf("recall")];
  }
  const again: Plan = { act: plan.act, dueAt: later(sight.at, secondsBetween(random, ...TRY_AGAIN)) };
  return [{ ...clerk, plan: again }, effectsOf(plan.act)];
}

function situationOf({ plate, somebodyWaits, atWindow }: ClerkSight): string {
  switch (plate.sign) {
    case "called":
      return `called ${plate.number} ${atWindow.includes(plate.number) ? "here" : "not here"}`;
    case "serving":
      return `serving ${plate.number}`;
    case "idle":
    case "rating":
      return `${plate.sign} ${somebodyWaits ? "queue" : "nobody"}`;
    default:
      return plate.sign;
  }
}

interface Memory {
  readonly recalls: number;
  /** Just come to work. */
  readonly firstLook: boolean;
}

function planFor(sight: ClerkSight, { recalls, firstLook }: Memory, random: Random): Plan | null {
  const within = (act: Act, from: number, to: number): Plan => ({
    act,
    dueAt: later(sight.at, secondsBetween(random, from, to)),
  });
  const { plate } = sight;
  switch (plate.sign) {
    case "closed":
      return firstLook ? within("sign-on", 0.5, 6) : within("sign-on", 20, 40);
    case "idle":
      if (happens(random, TAKES_A_BREAK)) return within("pause", 1.5, 3);
      return sight.somebodyWaits ? within("call", 1.2, 3.5) : null;
    case "called":
      if (sight.atWindow.includes(plate.number)) return within("start", 1.2, 2.5);
      return recalls < RECALLS ? within("recall", 9, 12) : within("no-show", 5, 8);
    case "serving":
      return within("finish", 8, 25);
    case "rating":
      if (happens(random, TAKES_A_BREAK)) return within("pause", 3, 6);
      return sight.somebodyWaits ? within("call", 3, 7) : null;
    case "paused":
      return within("resume", 10, 25);
    case "dark":
    case "unclear":
      return null;
    default:
      return unreachable(plate);
  }
}

function effectsOf(act: Act): readonly ClerkEffect[] {
  switch (act) {
    case "sign-on":
      return [{ type: "tap-own-badge" }];
    case "call":
    case "recall":
    case "finish":
    case "resume":
      return [{ type: "press", button: "call", held: "short" }];
    case "no-show":
      return [{ type: "press", button: "call", held: "long" }];
    case "start":
    case "pause":
      return [{ type: "press", button: "pause", held: "short" }];
    default:
      return unreachable(act);
  }
}
