import { z } from "zod";
import { Bound, LengthSeconds } from "./bound.ts";

const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, "HH:MM");
/** From and to on one day. */
export const Span = z.tuple([TimeOfDay, TimeOfDay]);
/** The sessions of a day: two halves, or one through. */
export const DayHours = z.union([z.strictObject({ am: Span, pm: Span }), z.strictObject({ day: Span })]);
const SummerHours = z.strictObject({ am: Span.optional(), pm: Span.optional() });

const RuleIds = z.array(z.string().regex(/^[A-Z]{3}-\d{2}$/u, "a rule id such as ATT-03"));
const Loose = z.record(z.string(), z.json());
/** Who signs for an office while its holder is away. Profiles of older logs have the bare word. */
const Delegate = z.union([
  z.strictObject({ id: z.string(), zh: z.string() }),
  z.string().transform((zh) => ({ id: "standing-deputy", zh })),
]);
const Role = z.strictObject({ id: z.string(), zh: z.string(), delegate: Delegate.optional() });
const LeaveLength = z.union([
  z.strictObject({ hours: z.number().positive() }),
  z.strictObject({ days: z.number().positive() }),
]);

/** Who says yes to a leave of what length. `upTo` includes its figure (以内), `below` leaves it out (不满). */
const Tier = z.strictObject({
  upTo: LeaveLength.optional(),
  below: LeaveLength.optional(),
  form: z.enum(["oral", "slip", "written"]).optional(),
  unit: z.strictObject({ zh: z.string(), seal: z.boolean() }).optional(),
  approvers: z.array(Role).min(1),
  filedWith: z.array(Role).optional(),
  returnReport: z.boolean().optional(),
  rules: RuleIds.default([]),
});
export type Tier = z.output<typeof Tier>;

const Points = { points: z.number().nonnegative(), rules: RuleIds.default([]) };
/** Points of the last band that is reached. */
const Band = z.union([
  z.strictObject({ atLeast: LengthSeconds, ...Points }),
  z.strictObject({ over: LengthSeconds, ...Points }),
]);
export type Band = z.output<typeof Band>;

export const StepAction = z.enum([
  "interview",
  "circular",
  "self-criticism",
  "notify-unit",
  "no-award",
  "return-to-unit",
  "talk",
  "replace",
]);
export type StepAction = z.output<typeof StepAction>;

/** One rung: fires once per period, when the count is reached. Absence is counted in `days`, all else in times. */
const Rung = z.strictObject({
  on: z.array(z.enum(["late", "early", "absence", "left-post", "leave-breach", "error"])).min(1),
  count: z.int().positive().optional(),
  days: z.number().positive().optional(),
  per: z.enum(["month", "quarter", "year"]).optional(),
  afterWarning: z.boolean().default(false),
  actions: z.array(StepAction).min(1),
  rules: RuleIds.default([]),
});
export type Rung = z.output<typeof Rung>;

const Leave = z.strictObject({
  tiers: z.array(Tier),
  approval: z.enum(["sequence", "parallel"]),
  sequence: z.array(Role),
  business: z.array(Role),
  filedWith: z.array(Role),
  certificate: z.enum(["none", "hospital", "county-hospital"]),
  /** From this many days a substitute must have badged in before the leave takes effect. */
  substituteFrom: z.number().positive().nullable(),
  substituteNamed: z.boolean(),
  substituteErrorsHitWindow: z.boolean(),
  coverChecked: z.boolean(),
  priorOnly: z.boolean(),
  returnRequired: z.boolean(),
  returnRegistered: z.boolean(),
  unapproved: z.enum(["absence"]),
  kindsApart: z.array(z.string()),
  maxDays: z.number().positive().nullable(),
});

/** A regulation as data, with the product's defaults where it is silent. Unknown keys are refused. */
export const Profile = z.strictObject({
  id: z.string(),
  names: z.strictObject({ zh: z.string(), en: z.string() }),
  sources: z.array(z.string()),
  document: z.strictObject({
    zh: z.string(),
    place: z.string(),
    lines: z.string(),
    date: z.string().optional(),
  }),
  open: z.array(z.string()),
  schedule: z.strictObject({
    main: DayHours.nullable(),
    summer: SummerHours.nullable(),
    span: Span.nullable(),
    noonRest: LengthSeconds.nullable(),
    branchesNotBelow: z.boolean(),
    changeInAdvance: z.boolean(),
    openOnTime: z.boolean(),
    /** False: nobody closes a window while somebody waits for it alone (HRS-20). */
    closeWhileWaiting: z.boolean(),
  }),
  calendar: z.strictObject({
    restWeekdays: z.array(z.int().min(1).max(7)),
    publicHolidays: z.boolean(),
    daysPerWeek: z.int().min(1).max(7).nullable(),
    restDaysPerMonth: z.int().min(0).max(31).nullable(),
  }),
  signin: z.strictObject({
    device: z.enum(["any", "desk"]),
    perSession: z.boolean(),
    window: Span.nullable(),
    ready: LengthSeconds.nullable(),
  }),
  signout: z.strictObject({ required: z.boolean(), measured: z.boolean() }),
  late: z.strictObject({ countFrom: Bound, absentFrom: Bound.nullable(), bands: z.array(Band) }),
  early: z.strictObject({ countOver: Bound, bands: z.array(Band) }),
  missingIn: z.enum(["late", "absence", "none"]),
  missingOut: z.enum(["early", "absence", "none"]).nullable(),
  absence: z.strictObject({ neither: z.boolean(), points: z.number().nonnegative() }),
  outing: z.strictObject({
    absentOver: Bound.nullable(),
    bands: z.array(Band),
    forbidden: z.boolean(),
    consent: Loose,
  }),
  proxy: z.strictObject({ penaltyBoth: z.boolean(), forbidden: z.boolean() }),
  conversion: z.strictObject({
    n: z.int().positive().nullable(),
    days: z.number().positive(),
    period: z.enum(["month", "quarter", "year"]),
  }),
  leave: Leave,
  bpost: z.strictObject({ maxRun: z.number().positive().nullable(), maxYear: z.number().positive().nullable() }),
  publish: z.strictObject({
    every: z.enum(["week", "month", "regularly"]).nullable(),
    weekday: z.int().min(1).max(7),
    at: TimeOfDay,
  }),
  objection: z.strictObject({ days: z.int().positive().nullable(), mode: z.enum(["calendar", "working"]) }),
  report: z.strictObject({ every: z.enum(["week", "month"]).nullable(), to: z.array(Role) }),
  ladder: z.array(Rung),
  rota: z.strictObject({
    plan: z.enum(["year"]).nullable(),
    staffYears: z.number().nullable(),
    handOverDays: z.int().nullable(),
    reportDays: z.int().nullable(),
    backups: z.strictObject({ min: z.int(), max: z.int() }).nullable(),
  }),
  signals: z.strictObject({
    walkS: z.int().nonnegative(),
    pairWithinS: z.int().nonnegative(),
    pairTimes: z.int().min(2),
  }),
  /** 延时服务: free of any charge where the text says so (HRS-18), and the days it speaks of. */
  extendedService: z.strictObject({ free: z.boolean(), on: z.enum(["working-days"]).nullable() }),
  appointments: z.strictObject({
    /** 无需预约,依次排队等候 (HRS-26): citizens are told so. Null where the text does not speak of it. */
    needed: z.boolean().nullable(),
    /** Ways of booking that the text names (HRS-21), and whom it speaks of (HRS-22). */
    channels: z.array(z.enum(["desk", "telephone", "online"])),
    reasons: z.array(z.string()),
    /** 八小时外或节假日 by appointment, with a named person (HRS-24). */
    outOfHours: z.boolean(),
  }),
  fines: z.strictObject({ perMissingSignIn: z.number().nullable(), perAbsenceDay: z.number().nullable() }),
  lunchDuty: z.strictObject({ rotation: z.boolean() }),
  patrol: z.strictObject({ daily: z.boolean() }),
  vacancy: z.strictObject({ forbidden: z.boolean(), relief: z.string().nullable() }),
  abPosts: Loose,
  posting: Loose,
  meetings: Loose,
  duty: Loose,
  posts: Loose,
  /** Fixed by the regulation, carried out by later parts of the product: queue, ratings, scores, devices. */
  later: Loose,
});
export type Profile = z.output<typeof Profile>;
