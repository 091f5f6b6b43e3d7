import { z } from "zod";
import { CallId, CounterId, ServiceId, TicketNumber, VisitId, ZoneId } from "../base/ids.ts";
import { Bilingual } from "../base/text.ts";
import {
  BOARD_LINES_MAX,
  BOARD_NOTICES_MAX,
  BOARD_PAUSED_MAX,
  BOARD_SERVICES_MAX,
  CALL_COUNT_MAX,
  PAUSE_WORDS_MAX,
  ZONES_MAX,
} from "../limits.ts";

/** One called ticket on the board, newest call first. Numbers only: no citizen's name anywhere. */
export const BoardLine = z.object({
  visitId: VisitId,
  ticketNumber: TicketNumber,
  counterId: CounterId,
  zone: ZoneId,
  /** `over`: the visit has ended, and the line is still kept for its time. */
  phase: z.enum(["called", "serving", "over"]),
  callCount: z.int().min(1),
  calledAtMs: z.number().nonnegative(),
  /** 预约: it was called in a booked turn. Absent on everybody else's. */
  booked: z.literal(true).optional(),
});
export type BoardLine = z.infer<typeof BoardLine>;

/** The call that has a zone's voice now. Whoever speaks it drops a repeat by its `callId`. */
export const BoardVoice = z.object({
  zone: ZoneId,
  callId: CallId,
  visitId: VisitId,
  ticketNumber: TicketNumber,
  counterId: CounterId,
  callCount: z.int().min(1).max(CALL_COUNT_MAX),
});
export type BoardVoice = z.infer<typeof BoardVoice>;

export const WaitingAt = z.object({ service: ServiceId, name: Bilingual, waiting: z.int().nonnegative() });

/** A window whose clerk is away: why, and until when if they said so; UTC milliseconds (QUE-07, IDN-19). */
export const PausedWindow = z.object({
  counterId: CounterId,
  reason: z.object({ zh: z.string().max(PAUSE_WORDS_MAX.zh), en: z.string().max(PAUSE_WORDS_MAX.en) }),
  untilMs: z.number().nonnegative().nullable(),
});
export type PausedWindow = z.infer<typeof PausedWindow>;

/** Controller -> screens, `board`, QoS 1, retained: the whole picture. Ordered by (epoch, rev). */
export const Board = z.object({
  v: z.literal(1),
  epoch: z.int().nonnegative(),
  rev: z.int().min(1),
  hall: Bilingual,
  lines: z.array(BoardLine).max(BOARD_LINES_MAX),
  waiting: z.array(WaitingAt).max(BOARD_SERVICES_MAX),
  /** At most one call per zone. */
  announcing: z.array(BoardVoice).max(ZONES_MAX),
  /** Longest paused first. */
  paused: z.array(PausedWindow).max(BOARD_PAUSED_MAX),
  /** Today's working sessions, "09:00" to "12:00" by the hall's clock; none on a day off. */
  hours: z.array(z.object({ from: z.string().max(5), to: z.string().max(5) })).max(4),
  hotline: z.string().max(32).nullable(),
  /** Shown in turn while nobody is called. */
  notices: z.array(Bilingual).max(BOARD_NOTICES_MAX),
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
  zone: ZoneId,
  /** 1 for the first call, one more for each recall. */
  callCount: z.int().min(1).max(CALL_COUNT_MAX),
  /** Hall time of the announcement, milliseconds since the epoch, UTC. */
  announcedAtMs: z.number().nonnegative(),
});
export type Announcement = z.infer<typeof Announcement>;
