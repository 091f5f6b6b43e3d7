import type { DurationMs, Level, ServiceId, TicketNumber, Timer } from "../../protocol/index.ts";
import type { Chance } from "../time/chance.ts";
import type { SimStaff, WorldPlan } from "../world-plan.ts";
import type { PlateReading } from "./plate-reading.ts";

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
  /** True for the green light: beep and note, on the spot. */
  tap(window: number, staff: SimStaff): boolean;
  press(window: number, button: "call" | "pause", heldFor: DurationMs): void;
  rate(window: number, level: Level): void;
  /** At the kiosk, which asks again under the same key while nobody answers. Null: refused, or given up. */
  takeTicket(serviceId: ServiceId, done: (number: TicketNumber | null) => void): void;
}

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
