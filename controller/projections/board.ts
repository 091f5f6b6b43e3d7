import {
  type Board,
  BOARD_LINES_MAX,
  BOARD_NOTICES_MAX,
  BOARD_PAUSED_MAX,
  BOARD_SERVICES_MAX,
  type BoardLine,
  type EpochMs,
  minutes,
  present,
  Temporal,
} from "../../protocol/index.ts";
import { bookingOfTicket } from "../core/appointments/appointments.ts";
import type { HallView } from "../core/state.ts";
import { noticesAt } from "./notices.ts";
import { pauseOf } from "./pause-picture.ts";

const MINUTE = minutes(1);

/** The public board without its place in the order of boards, which the publisher gives it. */
export type BoardPicture = Omit<Board, "epoch" | "rev">;

/** What citizens see: called and served tickets, the newest call on top, and how many wait. Numbers only (DEV-36). */
export function boardOf(hall: HallView, now: EpochMs): BoardPicture {
  const configuration = present(hall.configuration, "configuration");
  return {
    v: 1,
    hall: configuration.name,
    lines: linesOf(hall, now),
    waiting: configuration.services.slice(0, BOARD_SERVICES_MAX).map(({ id, name, queue }) => ({
      service: id,
      name,
      waiting: hall.lines.get(queue)?.size ?? 0,
    })),
    announcing: announcingIn(hall, now),
    paused: pausedIn(hall),
    hours: hoursOf(hall),
    hotline: configuration.hotline ?? null, // IDN-21
    notices: noticesAt(hall, now).slice(0, BOARD_NOTICES_MAX),
  };
}

/** Until then the same state gives the same picture: lines and announcements end, and notices change with a minute. */
export function boardChangesAt(hall: HallView, now: EpochMs): number {
  const ends = [...hall.boardLines, ...hall.voices.values()].map(({ untilMs }) => untilMs);
  const nextMinute = now - (now % MINUTE) + MINUTE;
  return ends.reduce<number>((soonest, end) => (end > now && end < soonest ? end : soonest), nextMinute);
}

/** Who is at a window, and calls of the last seconds whose visit is over already: each line stands for its time. */
function linesOf(hall: HallView, now: EpochMs): BoardLine[] {
  return hall.boardLines
    .flatMap((line): BoardLine[] => {
      const { visitId, number, counterId, zone, callCount, calledAtMs, untilMs } = line;
      const phase = phaseOf(hall, line);
      if (phase === "over" && untilMs <= now) return [];
      const shown = { visitId, ticketNumber: number, counterId, zone, phase, callCount, calledAtMs };
      return [isBooked(hall, line) ? { ...shown, booked: true } : shown];
    })
    .reverse()
    .slice(0, BOARD_LINES_MAX);
}

/** While its visit is at the window: citizens who wait see why it went before them. */
function isBooked(hall: HallView, { counterId, visitId }: HallView["boardLines"][number]): boolean {
  if (hall.appointments === null) return false;
  const visit = hall.counters.get(counterId)?.visit;
  return visit?.visitId === visitId && bookingOfTicket(hall, visit.ticketId)?.reserved === true;
}

function phaseOf(hall: HallView, { counterId, visitId }: HallView["boardLines"][number]): BoardLine["phase"] {
  const visit = hall.counters.get(counterId)?.visit;
  if (visit?.visitId !== visitId) return "over";
  return visit.phase === "called" && visit.presumedAtMs === null ? "called" : "serving";
}

function announcingIn(hall: HallView, now: EpochMs): Board["announcing"] {
  return [...hall.voices].flatMap(([zone, { callId, visitId, number, counterId, callCount, untilMs }]) =>
    untilMs > now ? [{ zone, callId, visitId, ticketNumber: number, counterId, callCount }] : [],
  );
}

function pausedIn(hall: HallView): Board["paused"] {
  const paused = [...hall.counters.values()].flatMap((counter) => {
    const pause = pauseOf(hall, counter);
    return pause === null ? [] : [{ counterId: counter.counterId, pause }];
  });
  const longestFirst = paused.sort((a, b) => a.pause.sinceMs - b.pause.sinceMs).slice(0, BOARD_PAUSED_MAX);
  return longestFirst.map(({ counterId, pause: { reason, untilMs } }) => ({ counterId, reason, untilMs }));
}

type Day = NonNullable<HallView["day"]>;

/** Wall times cost a zoned computation each, and every picture shows them: reckoned once a day. */
const hoursOfDays = new WeakMap<Day, { readonly zone: string; readonly hours: Board["hours"] }>();

/** The running day's sessions, as the hall's clock on the wall shows them. */
export function hoursOf({ configuration, day }: HallView): Board["hours"] {
  const { zone } = present(configuration, "configuration");
  if (day === null) return [];
  const known = hoursOfDays.get(day);
  if (known?.zone === zone) return known.hours;
  const hours = reckonHours(day, zone);
  hoursOfDays.set(day, { zone, hours });
  return hours;
}

function reckonHours(day: Day, zone: string): Board["hours"] {
  const timeOf = (at: EpochMs): string => {
    if (at >= day.endsAtMs) return "24:00";
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
  };
  return day.sessions.map(({ fromMs, toMs }) => ({ from: timeOf(fromMs), to: timeOf(toMs) }));
}
