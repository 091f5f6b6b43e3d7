import { z } from "zod";
import {
  ANNOUNCEMENT_SLOT,
  Bilingual,
  BOUND_RELEASE_AFTER,
  CALLABLE_AFTER,
  CounterId,
  EXTENSION_QUIET,
  HallId,
  isTimeZone,
  MAIN_ZONE,
  NO_SHOW_AFTER,
  PRESUMED_AFTER,
  PRINT_WITHIN,
  QueueId,
  RE_ENTRY_WITHIN,
  RECALL_INTERVAL,
  RECALL_MAX,
  ServiceId,
  TerminalId,
  ZoneId,
  ZONES_MAX,
} from "../../protocol/index.ts";
import { AppointmentsConfiguration, complaintsAboutAppointments } from "./appointments/appointments-configuration.ts";
import { complaintsAboutHours, complaintsAboutSessions, HoursChange, Notice, Sessions } from "./hours-configuration.ts";
import { AttendanceConfiguration, complaintsAboutAttendance } from "./office/attendance-configuration.ts";
import { complaintsAboutTurns } from "./office/turn-complaints.ts";
import { PrioritiesConfiguration } from "./queue/priorities.ts";
import { ReasonsConfiguration } from "./reasons.ts";
import { PauseReasons } from "./counters/pause-reasons.ts";
import { DeskKind, LunchDutyConfiguration, StaffConfiguration } from "./staff/roster-configuration.ts";

export const COUNTERS_MAX = 500;
export const STAFF_MAX = 2_000;

/** A line of people and its number series: several services may share one. The series restarts every business day. */
export const QueueConfiguration = z.strictObject({
  id: QueueId,
  letter: z.string().regex(/^[A-Z]{1,2}$/u, "one or two capital letters"),
  first: z.int().min(1).max(9_998).default(1),
  last: z.int().min(2).max(9_999).default(999),
  /** Tickets a day; absent: as many as come. */
  contingent: z.int().min(1).max(9_999).optional(),
});

export const ServiceConfiguration = z.strictObject({ id: ServiceId, name: Bilingual, queue: QueueId });

export const CounterConfiguration = z.strictObject({
  id: CounterId,
  terminal: TerminalId,
  title: Bilingual,
  /** Windows of one zone share a voice: one call is announced at a time. */
  zone: ZoneId.default(MAIN_ZONE),
  /** Queues this window serves. */
  queues: z.array(QueueId).min(1).max(32),
  /** Two people may be on duty here at once: the one whose badge was tapped last serves. */
  shared: z.boolean().default(false),
});

const wholeMs = (preset: number) => z.int().min(0).max(86_400_000).default(preset);

/** Product defaults, no regulation gives them (GAP-01, GAP-07): a hall may set its own. */
export const RulesConfiguration = z.strictObject({
  callableAfterMs: wholeMs(CALLABLE_AFTER),
  recallMax: z.int().min(0).max(RECALL_MAX).default(RECALL_MAX),
  recallIntervalMs: wholeMs(RECALL_INTERVAL),
  noShowAfterMs: wholeMs(NO_SHOW_AFTER),
  announcementSlotMs: wholeMs(ANNOUNCEMENT_SLOT),
  /** A no-show may come back, and somebody served be asked back, for so long. */
  reEntryWithinMs: wholeMs(RE_ENTRY_WITHIN),
  /** A ticket that nobody saw come out of the printer is closed after so long. */
  printWithinMs: wholeMs(PRINT_WITHIN),
  /** A ticket bound to a window or person that is not there goes back to its queue after so long. */
  boundReleaseMs: wholeMs(BOUND_RELEASE_AFTER),
  /** Tickets are given from so many minutes before a session: early arrivals are received alike (HRS-20). */
  ticketsFromMinutes: z.int().min(0).max(1440).default(60),
  /** The kiosk stops so many minutes before a session's end; a session that ends with the day goes on (AMB-28). */
  cutOffMinutes: z.int().min(0).max(720).default(0),
  /** Extended service with nothing left to do ends after so long; the sign-off ends it before. */
  extensionQuietMs: wholeMs(EXTENSION_QUIET),
  /** From so many minutes before a session's start a tap signs on. */
  signOnFromMinutes: z.int().min(0).max(1440).default(60),
  /** From so many minutes before a session's end a tap of the person on duty signs off. */
  signOffFromMinutes: z.int().min(0).max(1440).default(30),
  /** So long after a session's end duty and outings end by themselves (GAP-03). */
  dutyGraceMinutes: z.int().min(0).max(1440).default(30),
  /** Nobody pressed *start* so long after the call was announced: the citizen is presumed at the window. */
  presumedAfterMs: wholeMs(PRESUMED_AFTER),
  /** A pause is refused when fewer counters than this would stay open for one of its queues. Off at 0. */
  openPerQueueMin: z.int().min(0).max(COUNTERS_MAX).default(0),
  /** A technician's maintenance that nobody ended is over after so long. */
  maintenanceMinutes: z.int().min(1).max(1440).default(120),
});

const Shape = z.strictObject({
  hall: HallId,
  name: Bilingual,
  zone: z.string().refine(isTimeZone, "not a time zone this machine knows, such as Asia/Shanghai"),
  sessions: Sessions,
  /** In order of their days. */
  hoursChanges: z.array(HoursChange).max(16).default([]),
  queues: z.array(QueueConfiguration).min(1).max(64),
  services: z.array(ServiceConfiguration).min(1).max(64),
  counters: z.array(CounterConfiguration).min(1).max(COUNTERS_MAX),
  staff: z.array(StaffConfiguration).max(STAFF_MAX),
  lunchDuty: z.array(LunchDutyConfiguration).max(64).default([]),
  /** Terminals that are no window. */
  desks: z
    .array(z.strictObject({ terminal: TerminalId, kind: DeskKind }))
    .max(64)
    .default([]),
  notices: z.array(Notice).max(8).default([]),
  pauseReasons: PauseReasons,
  /** Complaints and supervision (IDN-21): shown on idle plates and screens. */
  hotline: z.string().min(3).max(32).optional(),
  priorities: PrioritiesConfiguration,
  reasons: ReasonsConfiguration.prefault({}),
  rules: RulesConfiguration.prefault({}),
  /** Absent: the hall keeps no attendance. */
  attendance: AttendanceConfiguration.optional(),
  /** Absent: nothing is booked here. */
  appointments: AppointmentsConfiguration.optional(),
});

/** Everything a hall decides by. It goes into the log as an event, so that a replay decides by what was true then. */
export const HallConfiguration = Shape.superRefine((hall, context) => {
  for (const complaint of complaintsAbout(hall)) {
    context.addIssue({ code: "custom", path: [...complaint.path], message: complaint.message });
  }
});
export type HallConfiguration = Settled<z.infer<typeof HallConfiguration>>;

type Settled<T> = T extends string | number | boolean | null
  ? T
  : T extends readonly (infer V)[]
    ? readonly Settled<V>[]
    : { readonly [K in keyof T]: Settled<T[K]> };

interface Complaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Everything in these has an id of its own. */
const LISTS = ["queues", "priorities", "services", "counters", "staff"] as const;

function complaintsAbout(hall: z.infer<typeof Shape>): Complaint[] {
  const queues = new Set<string>(hall.queues.map((queue) => queue.id));
  const counters = new Set<string>(hall.counters.map((counter) => counter.id));
  const staff = new Set<string>(hall.staff.map((person) => person.id));
  return [
    ...LISTS.flatMap((list) =>
      repeated(
        list,
        hall[list].map(({ id }) => id),
        "id",
      ),
    ),
    ...repeated(
      "queues",
      hall.queues.map((queue) => queue.letter),
      "letter",
    ),
    ...repeated(
      "counters",
      hall.counters.map((counter) => counter.terminal),
      "terminal",
    ),
    ...repeated(
      "desks",
      hall.desks.map((desk) => desk.terminal),
      "terminal",
    ),
    ...hall.desks.flatMap(({ terminal }, at) =>
      hall.counters.some((counter) => counter.terminal === terminal)
        ? [{ path: ["desks", at, "terminal"], message: `"${terminal}" is a window's` }]
        : [],
    ),
    ...repeated(
      "staff",
      hall.staff.flatMap((person) => [...person.badges, ...person.revokedBadges]),
      "badges",
    ),
    ...hall.services.flatMap((service, at) => unknown(["services", at, "queue"], [service.queue], queues)),
    ...hall.counters.flatMap((counter, at) => unknown(["counters", at, "queues"], counter.queues, queues)),
    ...hall.staff.flatMap((person, at) =>
      (["counters", "backup", "admitted"] as const).flatMap((list) =>
        unknown(["staff", at, list], person[list], counters),
      ),
    ),
    ...(new Set(hall.counters.map(({ zone }) => zone)).size > ZONES_MAX
      ? [{ path: ["counters"], message: `at most ${ZONES_MAX} zones` }]
      : []),
    ...hall.lunchDuty.flatMap((duty, at) => unknown(["lunchDuty", at, "staff"], duty.staff, staff)),
    ...hall.queues.flatMap((queue, at) =>
      queue.first < queue.last ? [] : [{ path: ["queues", at, "last"], message: "must be greater than first" }],
    ),
    ...complaintsAboutSessions(["sessions"], hall.sessions),
    ...complaintsAboutHours(hall.hoursChanges),
    ...(hall.attendance === undefined ? [] : complaintsAboutAttendance(hall.attendance, staff)),
    ...complaintsAboutTurns(hall.attendance?.turns ?? [], { counters, staff }),
    ...complaintsAboutStaffing(hall),
    ...complaintsAboutBook(hall),
  ];
}

function complaintsAboutBook({ appointments, services, priorities }: z.infer<typeof Shape>): Complaint[] {
  if (appointments === undefined) return [];
  const ids = (list: readonly { readonly id: string }[]) => new Set(list.map(({ id }) => id));
  return complaintsAboutAppointments(appointments, { services: ids(services), priorities: ids(priorities) });
}

/** HRS-14: a duty table that asks for more windows than serve it, or for hours that end before they start. */
function complaintsAboutStaffing({ attendance, services, counters }: z.infer<typeof Shape>): Complaint[] {
  return (attendance?.staffing ?? []).flatMap(({ service, windows, from, to }, at) => {
    const path = ["attendance", "staffing", at];
    const queue = services.find(({ id }) => id === service)?.queue;
    if (queue === undefined) return [{ path: [...path, "service"], message: `"${service}" is not defined` }];
    const serving = counters.filter(({ queues }) => queues.includes(queue)).length;
    return [
      ...(to <= from ? [{ path: [...path, "to"], message: "must be later than from" }] : []),
      ...(windows > serving ? [{ path: [...path, "windows"], message: `only ${serving} windows serve it` }] : []),
    ];
  });
}

function repeated(list: string, values: readonly string[], key: string): Complaint[] {
  return values.flatMap((value, at) =>
    values.indexOf(value) === at ? [] : [{ path: [list, at, key], message: `"${value}" stands here a second time` }],
  );
}

function unknown(path: readonly (string | number)[], values: readonly string[], known: Set<string>): Complaint[] {
  return values.filter((value) => !known.has(value)).map((value) => ({ path, message: `"${value}" is not defined` }));
}
