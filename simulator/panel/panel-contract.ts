import { z } from "zod";
import { type Bilingual, type CounterId, Level } from "../../protocol/index.ts";
import { ButtonName, type CounterView, PRESS_MS_MAX } from "../wire/ipc.ts";

// What the panel's page and its server say to each other. The page imports the types alone.

/** Somebody's badge, as a visitor may pick it up. The value on the card stays with the server. */
export interface PanelBadge {
  readonly key: string;
  readonly label: Bilingual;
}

export interface PanelCounter {
  readonly counterId: CounterId;
  readonly badges: readonly PanelBadge[];
  /** False when the badge reader is a real one on a serial line: badges are then tapped there. */
  readonly virtualReader: boolean;
  /** False while its process is switched off. */
  readonly powered: boolean;
  readonly view: CounterView;
}

/** `GET /panel/counters`, and the first event of `GET /panel/events` (`event: hall`). */
export interface PanelHall {
  readonly hall: Bilingual;
  /** The hall's own, IANA: the page shows times in it, wherever its browser stands. */
  readonly zone: string;
  readonly boardUrl: string;
  readonly counters: readonly PanelCounter[];
}

/** Every later event (`event: view`): one counter, whole. */
export interface PanelChange {
  readonly counterId: CounterId;
  readonly powered: boolean;
  readonly view: CounterView;
}

/** `POST /panel/counters/{counterId}/press`: a whole press, which lasts `heldForMs`. */
export const PressRequest = z.strictObject({
  button: ButtonName,
  heldForMs: z.int().min(1).max(PRESS_MS_MAX).default(120),
});

/** `POST .../finger`: one edge of a press. */
export const FingerRequest = z.strictObject({ button: ButtonName, edge: z.enum(["pressed", "released"]) });
export type FingerRequest = z.infer<typeof FingerRequest>;

/** `POST .../tap`. */
export const TapRequest = z.strictObject({ badge: z.string().max(32) });

/** `POST .../rate`. */
export const RateRequest = z.strictObject({ level: Level });

/** `POST .../power`: off ends the counter's terminal process as a power cut would, on starts it. */
export const PowerRequest = z.strictObject({ on: z.boolean() });
