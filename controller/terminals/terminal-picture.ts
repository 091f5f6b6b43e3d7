import { z } from "zod";
import { CounterId, Health, StandingFault, TerminalId } from "../../protocol/index.ts";

/** One terminal as `/api/terminals` tells it. */
export const TerminalPicture = z.object({
  terminal: TerminalId,
  counter: CounterId.nullable(),
  online: z.boolean(),
  /** Since when it is online or lost, UTC milliseconds; null when it was never seen. */
  sinceMs: z.number().nonnegative().nullable(),
  firmware: z.string(),
  session: z.int().nonnegative(),
  /** Milliseconds since anything was heard of it; null when nothing was since the controller started. */
  heardAgoMs: z.number().nonnegative().nullable(),
  /** The face it was sent last, and the one it says it shows. */
  face: z.object({ sent: z.int().nonnegative(), shown: z.int().nonnegative().nullable() }),
  /** Of its devices, as far as it has told since the controller started. */
  faults: z.array(StandingFault),
  health: Health.omit({ v: true, stream: true, session: true }).nullable(),
});
export type TerminalPicture = z.infer<typeof TerminalPicture>;

/** The part of it that pages follow live: without what changes with every sign of life. */
export const TerminalSight = TerminalPicture.omit({ heardAgoMs: true, health: true });
export type TerminalSight = z.infer<typeof TerminalSight>;
