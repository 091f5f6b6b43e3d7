import { z } from "zod";
import {
  ANNOUNCEMENT_SLOT,
  BadgeDigest,
  Bilingual,
  CALLABLE_AFTER,
  CounterId,
  HallId,
  isTimeZone,
  NO_SHOW_AFTER,
  QueueId,
  RECALL_INTERVAL,
  RECALL_MAX,
  ServiceId,
  StaffId,
  TerminalId,
} from "../../protocol/index.ts";

export const COUNTERS_MAX = 500;
export const STAFF_MAX = 2_000;

const TimeOfDay = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/u, "HH:MM, or 24:00 for the day's end");

/** A line of people and its number series: several services may share one. The series restarts every business day. */
export const QueueConfiguration = z.strictObject({
  id: QueueId,
  letter: z.string().regex(/^[A-Z]{1,2}$/u, "one or two capital letters"),
  first: z.int().min(1).max(9_998).default(1),
  last: z.int().min(2).max(9_999).default(999),
});

export const ServiceConfiguration = z.strictObject({ id: ServiceId, name: Bilingual, queue: QueueId });

export const CounterConfiguration = z.strictObject({
  id: CounterId,
  terminal: TerminalId,
  title: Bilingual,
  /** Queues this window serves. */
  queues: z.array(QueueId).min(1).max(32),
});

export const StaffConfiguration = z.strictObject({
  id: StaffId,
  name: z.string().min(1).max(32),
  post: Bilingual,
  number: z.string().min(1).max(16),
  badges: z.array(BadgeDigest).max(4),
  /** Windows where this person may sign on. */
  counters: z.array(CounterId).max(COUNTERS_MAX),
});

const wholeMs = (preset: number) => z.int().min(0).max(86_400_000).default(preset);

/** Product defaults, no regulation gives them (GAP-01, GAP-07): a hall may set its own. */
export const RulesConfiguration = z.strictObject({
  callableAfterMs: wholeMs(CALLABLE_AFTER),
  recallMax: z.int().min(0).max(RECALL_MAX).default(RECALL_MAX),
  recallIntervalMs: wholeMs(RECALL_INTERVAL),
  noShowAfterMs: wholeMs(NO_SHOW_AFTER),
  announcementSlotMs: wholeMs(ANNOUNCEMENT_SLOT),
  /** From so many minutes before a session's start a tap signs on. */
  signOnFromMinutes: z.int().min(0).max(1440).default(60),
  /** From so many minutes before a session's end a tap of the person on duty signs off. */
  signOffFromMinutes: z.int().min(0).max(1440).default(30),
});

const Shape = z.strictObject({
  hall: HallId,
  name: Bilingual,
  zone: z.string().refine(isTimeZone, "not a time zone this machine knows, such as Asia/Shanghai"),
  /** Working sessions of a day, in order. */
  sessions: z
    .array(z.strictObject({ from: TimeOfDay, to: TimeOfDay }))
    .min(1)
    .max(4),
  queues: z.array(QueueConfiguration).min(1).max(64),
  services: z.array(ServiceConfiguration).min(1).max(64),
  counters: z.array(CounterConfiguration).min(1).max(COUNTERS_MAX),
  staff: z.array(StaffConfiguration).max(STAFF_MAX),
  notices: z.array(Bilingual).max(8).default([]),
  rules: RulesConfiguration.prefault({}),
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

function complaintsAbout(hall: z.infer<typeof Shape>): Complaint[] {
  const queues = new Set<string>(hall.queues.map((queue) => queue.id));
  const counters = new Set<string>(hall.counters.map((counter) => counter.id));
  return [
    ...repeated(
      "queues",
      hall.queues.map((queue) => queue.id),
      "id",
    ),
    ...repeated(
      "queues",
      hall.queues.map((queue) => queue.letter),
      "letter",
    ),
    ...repeated(
      "services",
      hall.services.map((service) => service.id),
      "id",
    ),
    ...repeated(
      "counters",
      hall.counters.map((counter) => counter.id),
      "id",
    ),
    ...repeated(
      "counters",
      hall.counters.map((counter) => counter.terminal),
      "terminal",
    ),
    ...repeated(
      "staff",
      hall.staff.map((person) => person.id),
      "id",
    ),
    ...repeated(
      "staff",
      hall.staff.flatMap((person) => person.badges),
      "badges",
    ),
    ...hall.services.flatMap((service, at) => unknown(["services", at, "queue"], [service.queue], queues)),
    ...hall.counters.flatMap((counter, at) => unknown(["counters", at, "queues"], counter.queues, queues)),
    ...hall.staff.flatMap((person, at) => unknown(["staff", at, "counters"], person.counters, counters)),
    ...hall.queues.flatMap((queue, at) =>
      queue.first < queue.last ? [] : [{ path: ["queues", at, "last"], message: "must be greater than first" }],
    ),
    ...hall.sessions.flatMap((session, at) =>
      session.from < session.to ? [] : [{ path: ["sessions", at, "to"], message: "must be later than from" }],
    ),
  ];
}

function repeated(list: string, values: readonly string[], key: string): Complaint[] {
  return values.flatMap((value, at) =>
    values.indexOf(value) === at ? [] : [{ path: [list, at, key], message: `"${value}" stands here a second time` }],
  );
}

function unknown(path: readonly (string | number)[], values: readonly string[], known: Set<string>): Complaint[] {
  return values.filter((value) => !known.has(value)).map((value) => ({ path, message: `"${value}" is not defined` }));
}
