import type { ClerkAction, DeskPicture } from "../../controller/index.ts";
import type { DurationMs, Level, ServiceId, TicketId, TicketNumber, Timer } from "../../protocol/index.ts";
import type { Chance } from "../time/chance.ts";
import type { SimStaff, WorldPlan } from "../world-plan.ts";
import type { PlateReading, PlateText } from "./plate-reading.ts";

/** A window as somebody before or behind it sees it. */
export interface WindowLook {
  readonly plate: PlateReading;
  readonly keypad: "dark" | "asking" | "thanks";
}

/**
 * The hall as its people meet it: what they can see, and what hands can do. Windows go by their index in the plan.
 * Fingers are real: worn keys bounce and some hands hammer, as the seed's faults say, below these calls.
 */
export interface Floor {
  readonly plan: WorldPlan;
  /** Milliseconds of the world since its start. */
  nowMs(): number;
  /** The world's own time, UTC milliseconds. */
  epochMs(): number;
  after(delayMs: number, act: () => void): Timer;
  look(window: number): WindowLook;
  /** The plate as it stands there, with what flashes over it; nothing at a dark window. */
  lines(window: number): readonly PlateText[];
  /** Tickets waiting for a window, as the public board says; 0 while no board is to be seen. */
  waitingFor(window: number): number;
  /** True for the green light: beep and note, on the spot. */
  tap(window: number, staff: SimStaff): boolean;
  press(window: number, button: "call" | "pause", heldFor: DurationMs): void;
  rate(window: number, level: Level): void;
  /**
   * At the kiosk, which asks again under the same key while nobody answers. Null: refused, or given up. `print`: what
   * the kiosk says of its printer a moment later; absent, it has none that it watches.
   */
  takeTicket(
    serviceId: ServiceId,
    done: (number: TicketNumber | null, ticketId: TicketId | null) => void,
    print?: "printed" | "jammed",
  ): void;
  /** A no-show came after all and holds the paper under the kiosk's scanner. */
  reEnter(ticketId: TicketId, done: (back: boolean) => void): void;
  /**
   * The clerk's own page, with the window's picture as it is now; what is chosen from it is sent off at once. Nothing
   * happens when the page does not answer.
   */
  atDesk(window: number, staff: SimStaff, choose: (picture: DeskPicture) => ClerkAction | null): void;
  /** For the history: something that only people know. */
  tell(happening: CitizenHappening): void;
}

/** What citizens do without any machine being told. */
export type CitizenHappening =
  | { readonly type: "citizen-came" }
  /** Went home without being served. */
  | { readonly type: "citizen-left"; readonly number: TicketNumber | null; readonly why: LeaveReason };
export type LeaveReason = "no-ticket" | "impatient" | "too-late" | "two-tickets";

/** Who is in the hall and what they do. One per seed; draws from its own stream alone. */
export interface People {
  /** The world begins. */
  open(): void;
  /** What can be seen or heard at a window has changed. Called often: nothing is to be done in it at once. */
  onSight(window: number): void;
  /** Faults are over and nobody does anything new: whatever was planned is dropped. */
  rest(): void;
}

export type MakePeople = (floor: Floor, chance: Chance) => People;
