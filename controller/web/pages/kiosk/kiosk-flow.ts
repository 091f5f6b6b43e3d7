import type { CheckedIn } from "../../../adapters/http/appointment-desk.ts";
import type { IssuedTicket } from "../../../adapters/http/hall-desk.ts";
import type { NumberForm } from "../../../projections/kiosk-picture.ts";
import type { Words } from "../../design/design.ts";
import {
  bookingEntry,
  emptyEntry,
  type EntryInput,
  isWhole,
  type NumberEntry,
  refusedEntry,
  stepEntry,
} from "./number-entry.ts";

/** `asked`: the paper should be there, and whoever sees none says so. `given-up`: the number must be noted. */
export type PrintStep = "none" | "printing" | "asked" | "given-up";

/** `turn`: of somebody who booked. */
export type KioskTicket = IssuedTicket & { readonly turn?: CheckedIn["turn"] };

export interface TicketScreen {
  readonly at: "ticket";
  readonly ticket: KioskTicket;
  readonly print: PrintStep;
  readonly prints: number;
}

export type Screen =
  | { readonly at: "services" }
  | { readonly at: "priorities" }
  /** With the entry that is being asked about: what is refused can be mended. */
  | { readonly at: "asking"; readonly entry?: NumberEntry }
  | TicketScreen
  | { readonly at: "told"; readonly words: Words; readonly good: boolean }
  | { readonly at: "pad"; readonly entry: NumberEntry };

export interface KioskState {
  readonly screen: Screen;
  /** One more with every step: answers and timers of an earlier one are recognised by it. */
  readonly turn: number;
  /** When the screen became another one. */
  readonly shownAtMs: number;
  /** The priority class chosen for the next ticket. */
  readonly priority: string | null;
  /** One more for each citizen: what one chose, language included, is not the next one's. */
  readonly guest: number;
  /** Whether a printer is there: configured in the kiosk's address. */
  readonly prints: boolean;
}

export type KioskInput =
  /** A finger anywhere, before what it means: somebody stands here, and may have chosen a language. */
  | { readonly type: "somebody-here"; readonly atMs: number }
  | { readonly type: "service-touched"; readonly service: string; readonly key: string; readonly atMs: number }
  | { readonly type: "priorities-touched"; readonly atMs: number }
  | { readonly type: "priority-touched"; readonly priority: string | null; readonly atMs: number }
  | { readonly type: "pad-touched"; readonly forms: readonly NumberForm[]; readonly atMs: number }
  /** `digits`: of a booking's number. */
  | { readonly type: "booking-touched"; readonly digits: number; readonly atMs: number }
  | (EntryInput & { readonly atMs: number })
  | { readonly type: "number-sent"; readonly key: string; readonly atMs: number }
  | { readonly type: "not-printed-touched"; readonly atMs: number }
  | { readonly type: "done-touched"; readonly atMs: number }
  | { readonly type: "issued"; readonly turn: number; readonly ticket: KioskTicket; readonly atMs: number }
  | {
      readonly type: "told";
      readonly turn: number;
      readonly words: Words;
      readonly good: boolean;
      readonly atMs: number;
    }
  | { readonly type: "not-taken"; readonly turn: number; readonly words: Words; readonly atMs: number }
  | { readonly type: "print-ended"; readonly turn: number; readonly atMs: number }
  | { readonly type: "time-up"; readonly turn: number; readonly atMs: number };

export type KioskEffect =
  | {
      readonly type: "issue";
      readonly turn: number;
      readonly key: string;
      readonly service: string;
      readonly priority: string | null;
      readonly awaitsPrint: boolean;
    }
  | {
      readonly type: "re-enter";
      readonly turn: number;
      readonly key: string;
      readonly number: string;
      readonly check: string;
    }
  | {
      readonly type: "check-in";
      readonly turn: number;
      readonly key: string;
      readonly number: string;
      readonly check: string;
      readonly awaitsPrint: boolean;
    }
  | { readonly type: "print"; readonly turn: number }
  | { readonly type: "report"; readonly ticket: string; readonly outcome: "printed" | "print-failed" }
  | { readonly type: "wake"; readonly turn: number; readonly afterMs: number };

export type KioskStep = readonly [KioskState, readonly KioskEffect[]];

// Product defaults (GAP-01: no rule says how a kiosk behaves).
/** Two touches of one finger: the second would hit what has just appeared under it. */
export const DEAD_MS = 700;
export const IDLE_MS = 30_000;
export const TICKET_SHOWN_MS = 25_000;
/** So long one may say that no paper came; afterwards it did. */
export const PAPER_WITHIN_MS = 12_000;
export const PRINTS_MAX = 2;

export const startKiosk = (prints: boolean, nowMs: number): KioskState => ({
  screen: { at: "services" },
  turn: 0,
  shownAtMs: nowMs - DEAD_MS,
  priority: null,
  guest: 0,
  prints,
});

/** The kiosk as a machine: touches and answers in, screen and orders out. One touch asks for at most one ticket. */
export function stepKiosk(state: KioskState, input: KioskInput): KioskStep {
  if ("turn" in input) return input.turn === state.turn ? answered(state, input) : [state, []];
  const dead = input.type !== "somebody-here" && input.atMs - state.shownAtMs < DEAD_MS;
  return dead ? [state, []] : touched(state, input);
}

type Answered = Extract<KioskInput, { turn: number }>;
type Touched = Exclude<KioskInput, Answered>;

function touched(state: KioskState, input: Touched): KioskStep {
  const { at } = state.screen;
  switch (input.type) {
    case "somebody-here":
      return at === "services" ? stay(state) : [state, []];
    case "service-touched":
      return at === "services" ? ask(state, input) : [state, []];
    case "priorities-touched":
      return at === "services" ? show(state, { at: "priorities" }, input.atMs, IDLE_MS) : [state, []];
    case "priority-touched": {
      if (at !== "priorities" && at !== "services") return [state, []];
      return show({ ...state, priority: input.priority }, { at: "services" }, input.atMs, IDLE_MS);
    }
    case "pad-touched":
      return at === "services"
        ? show(state, { at: "pad", entry: emptyEntry(input.forms) }, input.atMs, IDLE_MS)
        : [state, []];
    case "booking-touched":
      return at === "services"
        ? show(state, { at: "pad", entry: bookingEntry(input.digits) }, input.atMs, IDLE_MS)
        : [state, []];
    case "typed":
    case "key-touched":
    case "delete-touched":
    case "field-touched":
      return type(state, input);
    case "number-sent":
      return sendNumber(state, input);
    case "not-printed-touched":
      return notPrinted(state, input.atMs);
    case "done-touched":
      return at === "asking" ? [state, []] : goBack(state, input.atMs);
    default:
      return input satisfies never;
  }
}

function answered(state: KioskState, input: Answered): KioskStep {
  switch (input.type) {
    case "issued":
      return state.prints
        ? print(state, input.ticket, 1, input.atMs)
        : show(state, ticketScreen(input.ticket, "none", 0), input.atMs, TICKET_SHOWN_MS);
    case "told": {
      const { words, good } = input;
      return show({ ...state, priority: null }, { at: "told", words, good }, input.atMs, IDLE_MS);
    }
    case "not-taken": {
      const { screen } = state;
      if (screen.at !== "asking" || screen.entry === undefined) return [state, []];
      return show(state, { at: "pad", entry: refusedEntry(screen.entry, input.words) }, input.atMs, IDLE_MS);
    }
    case "print-ended": {
      const { screen } = state;
      if (screen.at !== "ticket") return [state, []];
      return show(state, { ...screen, print: "asked" }, input.atMs, PAPER_WITHIN_MS);
    }
    case "time-up":
      return state.screen.at === "asking" ? [state, []] : goBack(state, input.atMs);
    default:
      return input satisfies never;
  }
}

function ask(state: KioskState, { service, key, atMs }: Extract<KioskInput, { type: "service-touched" }>): KioskStep {
  const [next] = show(state, { at: "asking" }, atMs, null);
  const { turn, priority, prints } = next;
  return [next, [{ type: "issue", turn, key, service, priority, awaitsPrint: prints }]];
}

function type(state: KioskState, input: EntryInput): KioskStep {
  if (state.screen.at !== "pad") return [state, []];
  return stay({ ...state, screen: { at: "pad", entry: stepEntry(state.screen.entry, input) } });
}

/** The same screen, for as long again. */
function stay(state: KioskState): KioskStep {
  const turn = state.turn + 1;
  return [{ ...state, turn }, [{ type: "wake", turn, afterMs: IDLE_MS }]];
}

function sendNumber(state: KioskState, { key, atMs }: Extract<KioskInput, { type: "number-sent" }>): KioskStep {
  if (state.screen.at !== "pad" || !isWhole(state.screen.entry)) return [state, []];
  const { entry } = state.screen;
  const { number, check } = entry;
  const [next] = show(state, { at: "asking", entry }, atMs, null);
  const asked = { turn: next.turn, key, number, check };
  if (entry.booking === true) return [next, [{ type: "check-in", ...asked, awaitsPrint: state.prints }]];
  return [next, [{ type: "re-enter", ...asked }]];
}

function notPrinted(state: KioskState, atMs: number): KioskStep {
  const { screen } = state;
  if (screen.at !== "ticket" || screen.print !== "asked") return [state, []];
  const failed: KioskEffect = { type: "report", ticket: screen.ticket.id, outcome: "print-failed" };
  const [next, effects] =
    screen.prints < PRINTS_MAX
      ? print(state, screen.ticket, screen.prints + 1, atMs)
      : show(state, { ...screen, print: "given-up" }, atMs, TICKET_SHOWN_MS);
  return [next, [failed, ...effects]];
}

function print(state: KioskState, ticket: KioskTicket, prints: number, atMs: number): KioskStep {
  const [next] = show(state, ticketScreen(ticket, "printing", prints), atMs, null);
  return [next, [{ type: "print", turn: next.turn }]];
}

/** To the start, for the next one. A ticket whose paper nobody missed is printed; so is one whose number was noted. */
function goBack(state: KioskState, atMs: number): KioskStep {
  const { screen } = state;
  const known = screen.at === "ticket" && screen.print !== "none";
  const turn = state.turn + 1;
  const start: KioskState = { ...state, screen: { at: "services" }, turn, shownAtMs: atMs, priority: null };
  const report: readonly KioskEffect[] = known
    ? [{ type: "report", ticket: screen.ticket.id, outcome: "printed" }]
    : [];
  return [{ ...start, guest: state.guest + 1 }, report];
}

const ticketScreen = (ticket: KioskTicket, step: PrintStep, prints: number): TicketScreen => ({
  at: "ticket",
  ticket,
  print: step,
  prints,
});

/** `forMs`: the screen goes back to the start by itself after so long. */
function show(state: KioskState, screen: Screen, atMs: number, forMs: number | null): KioskStep {
  const turn = state.turn + 1;
  const wake: readonly KioskEffect[] = forMs === null ? [] : [{ type: "wake", turn, afterMs: forMs }];
  return [{ ...state, screen, turn, shownAtMs: atMs }, wake];
}
