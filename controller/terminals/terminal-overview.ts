import { z } from "zod";
import { TerminalPicture } from "./terminal-picture.ts";

/** A terminal as those who run the hall see it: what changes with every sign of life is left out or rounded. */
export const TerminalOverview = TerminalPicture.pick({
  terminal: true,
  counter: true,
  online: true,
  sinceMs: true,
  firmware: true,
  face: true,
  faults: true,
}).extend({
  health: z
    .object({
      /** Inputs in its journal that the controller has not acknowledged to it yet. */
      backlog: z.int().nonnegative(),
      /** Milliseconds its wall clock is ahead of hall time, in whole tenths of a second. */
      clockOffsetMs: z.number().nullable(),
      reconnects: z.int().nonnegative(),
      messagesRefused: z.int().nonnegative(),
    })
    .nullable(),
});
export type TerminalOverview = z.infer<typeof TerminalOverview>;

export const terminalOverviews = (pictures: readonly TerminalPicture[]): TerminalOverview[] => pictures.map(overviewOf);

function overviewOf({
  session: _session,
  heardAgoMs: _heardAgoMs,
  health,
  ...seen
}: TerminalPicture): TerminalOverview {
  return { ...seen, health: health === null ? null : shortOf(health) };
}

function shortOf(health: NonNullable<TerminalPicture["health"]>): NonNullable<TerminalOverview["health"]> {
  const { head, done, clockOffsetMs, counters } = health;
  return {
    backlog: Math.max(0, head - done),
    clockOffsetMs: clockOffsetMs === null ? null : Math.round(clockOffsetMs / 100) * 100,
    reconnects: counters.reconnects,
    messagesRefused: counters.messagesRefused,
  };
}
