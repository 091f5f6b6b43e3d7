import { z } from "zod";
import { StreamId } from "../base/ids.ts";

const count = z.int().nonnegative();

/** Terminal -> controller, `terminals/{id}/health`, QoS 0, every HEALTH_PERIOD. Counters start at boot. */
export const Health = z.object({
  v: z.literal(1),
  stream: StreamId,
  session: z.int().min(1),
  head: count,
  done: count,
  uptimeMs: z.number().nonnegative(),
  memoryBytes: count,
  /** Milliseconds the terminal's wall clock is ahead of hall time; null before the first hall time was heard. */
  clockOffsetMs: z.number().nullable(),
  counters: z.object({
    keyPresses: count,
    keysRefused: count,
    /** Times a key was found held for longer than KEY_STUCK_AFTER. */
    keysStuck: count,
    /** Times a contact was found to chatter. */
    keysChattering: count,
    badges: count,
    badgeFramesBad: count,
    ratings: count,
    reconnects: count,
    resends: count,
    messagesRefused: count,
  }),
});
export type Health = z.infer<typeof Health>;
