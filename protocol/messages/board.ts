import { z } from "zod";
import { CallId, CounterId, ServiceId, TicketNumber, VisitId } from "../base/ids.ts";
import { Bilingual } from "../base/text.ts";
import { BOARD_LINES_MAX, BOARD_SERVICES_MAX, CALL_COUNT_MAX } from "../limits.ts";

/** One called ticket on the board, newest call first. Numbers only: no citizen's name anywhere. */
export const BoardLine = z.object({
  visitId: VisitId,
  ticketNumber: TicketNumber,
  counterId: CounterId,
  callCount: z.int().min(1),
  calledAtMs: z.number().nonnegative(),
});
export type BoardLine = z.infer<typeof BoardLine>;

export const WaitingAt = z.object({ service: ServiceId, name: Bilingual, waiting: z.int().nonnegative() });

/** Controller -> screens, `board`, QoS 1, retained: the whole picture. Ordered by (epoch, rev). */
export const Board = z.object({
  v: z.literal(1),
  epoch: z.int().nonnegative(),
  rev: z.int().min(1),
  hall: Bilingual,
  lines: z.array(BoardLine).max(BOARD_LINES_MAX),
  waiting: z.array(WaitingAt).max(BOARD_SERVICES_MAX),
  /** The visit whose call has the hall's voice now. */
  announcing: VisitId.nullable(),
});
export type Board = z.infer<typeof Board>;

/**
 * Controller -> screens and voice, `calls`, QoS 1, never retained (a late joiner must not replay a chime): one
 * announcement. Receivers drop a repeat by its `callId`.
 */
export const Announcement = z.object({
  v: z.literal(1),
  callId: CallId,
  visitId: VisitId,
  ticketNumber: TicketNumber,
  counterId: CounterId,
  /** 1 for the first call, one more for each recall. */
  callCount: z.int().min(1).max(CALL_COUNT_MAX),
  /** Hall time of the announcement, milliseconds since the epoch, UTC. */
  announcedAtMs: z.number().nonnegative(),
});
export type Announcement = z.infer<typeof Announcement>;
