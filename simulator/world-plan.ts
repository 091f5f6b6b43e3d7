import { HallConfiguration } from "../controller/index.ts";
import { type CanonicalBadge, canonicalBadge } from "../hardware/index.ts";
import {
  type BadgeDigest,
  CounterId,
  type EpochMs,
  epochMs,
  HallId,
  present,
  ServiceId,
  StaffId,
  TerminalId,
} from "../protocol/index.ts";
import { createBadgeDigest, TerminalConfig } from "../terminal/index.ts";
import type { Chance } from "./time/chance.ts";

export const SIM_HALL = HallId.parse("simulated");
export const BADGE_KEY = new Uint8Array(32).fill(0x5a);
export const SIM_COUNTERS_MAX = 100;

/**
 * Everybody but window clerks: `relief` may stand in at every window, `untrained` may not yet sign on anywhere,
 * `stranger` has a badge of another house, and `old-card` is the first clerk's, lost and withdrawn.
 */
export type SimRole = "clerk" | "relief" | "inspector" | "technician" | "untrained" | "stranger" | "old-card";

/** Somebody with a badge in the hand. */
export interface SimStaff {
  readonly role: SimRole;
  readonly staffId: StaffId;
  readonly badge: CanonicalBadge;
  readonly digest: BadgeDigest;
  /** Where this person belongs; null for those without a window of their own. */
  readonly counter: number | null;
}

export interface SimCounter {
  readonly counterId: CounterId;
  readonly terminalId: TerminalId;
  readonly config: TerminalConfig;
}

/** The sessions that a world's attendance is judged by, UTC milliseconds: some of their ends lie within the world. */
export interface AttendancePlan {
  readonly sessions: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** So long after a session's end the hall waits for sign-outs. */
  readonly graceMs: number;
}

/** What one seed plays: the same seed and options give the same plan. */
export interface WorldPlan {
  readonly counters: readonly SimCounter[];
  /** First every window's own clerk, in the order of windows; then everybody else. */
  readonly staff: readonly SimStaff[];
  readonly services: readonly ServiceId[];
  readonly configuration: HallConfiguration;
  /** The world's time at its start, UTC. */
  readonly startMs: EpochMs;
  readonly minutes: number;
  /** The controller's tick, milliseconds: 250 in the product, coarser in most seeds, where nothing hangs on it. */
  readonly tickMs: number;
  readonly facesPerTick: number;
  /** Milliseconds between two healths of a terminal; absent: the product's own. */
  readonly healthMs?: number;
  /** Mean milliseconds between two citizens. */
  readonly arrivalMs: number;
  /** Absent: the hall keeps no attendance. */
  readonly attendance?: AttendancePlan;
}

/** 2026-03-02, a Monday, in Shanghai, hours and minutes. */
export const inShanghai = (hours: number, minutes: number): EpochMs =>
  epochMs(Date.UTC(2026, 2, 2, hours - 8, minutes));

/** Beginnings worth an hour: before opening (and midnight UTC), mid-session, the session's end, the evening. */
const STARTS: readonly EpochMs[] = [
  inShanghai(7, 35),
  inShanghai(9, 0),
  inShanghai(9, 30),
  inShanghai(11, 20),
  inShanghai(14, 10),
  inShanghai(16, 50),
];

const SERVICES = ["apply", "tax", "social"].map((id) => ServiceId.parse(id));

export interface PlanOptions {
  readonly counters?: number;
  readonly minutes?: number;
}

export function drawPlan(chance: Chance, { counters, minutes = 60 }: PlanOptions): WorldPlan {
  // Small halls more often: what goes wrong mostly does so between two or three.
  const drawn = 1 + Math.min(chance.below(8), chance.below(8), chance.below(8));
  const windows = counters ?? drawn; // Drawn in any case: naming the number that was drawn changes nothing.
  return {
    ...hallOf(windows),
    services: SERVICES,
    startMs: chance.pick(STARTS),
    minutes,
    tickMs: chance.pick([1000, 1500, 2000, 2500, 4000, 4500]),
    facesPerTick: chance.pick([1, 1, 2]),
    arrivalMs: (60_000 / windows) * chance.between(0.7, 6),
  };
}

type Hall = Pick<WorldPlan, "counters" | "staff" | "configuration">;
const halls = new Map<number, Hall>();

/** Halls of one size are alike; parsing their configuration costs more than an hour's ticks. */
function hallOf(windows: number): Hall {
  const known = halls.get(windows) ?? makeHall(windows);
  halls.set(windows, known);
  return known;
}

const OTHERS: readonly SimRole[] = ["relief", "inspector", "technician", "untrained", "stranger", "old-card"];

/** Windows, each with its clerk, and the people besides them. */
export function peopleHall(windows: number, others: readonly SimRole[]): Pick<WorldPlan, "counters" | "staff"> {
  const numbers = Array.from({ length: windows }, (_, index) => index + 1);
  const digestOf = createBadgeDigest(BADGE_KEY);
  const roles: readonly SimRole[] = [...numbers.map(() => "clerk" as const), ...others];
  const staff = roles.map((role, at): SimStaff => {
    const badge = canonicalBadge((at + 1).toString(16).toUpperCase().padStart(8, "0"));
    const counter = role === "clerk" ? at : null;
    return { role, staffId: StaffId.parse(`s${at + 1}`), badge, digest: digestOf(badge), counter };
  });
  const counters = numbers.map((n): SimCounter => {
    const terminal = `t${String(n).padStart(2, "0")}`;
    const config = { hall: SIM_HALL, terminal, controller: { host: "controller" }, directory: "/nowhere" };
    return {
      counterId: CounterId.parse(String(n)),
      terminalId: TerminalId.parse(terminal),
      config: TerminalConfig.parse(config),
    };
  });
  return { counters, staff };
}

function makeHall(windows: number): Hall {
  const { counters, staff } = peopleHall(windows, OTHERS);
  return { counters, staff, configuration: configurationOf(counters, staff) };
}

const UNKNOWN_ROLES: ReadonlySet<SimRole> = new Set(["stranger", "old-card"]);

/** The hall's own list of `staff`: a stranger is on nobody's, and the old card stands with its owner. */
export function rosterOf({ counters, staff }: Pick<WorldPlan, "counters" | "staff">): unknown[] {
  const everywhere = counters.map(({ counterId }) => counterId);
  const oldCards = staff.filter(({ role }) => role === "old-card").map(({ digest }) => digest);
  return staff
    .filter(({ role }) => !UNKNOWN_ROLES.has(role))
    .map(({ staffId, digest, counter, role }, at) => ({
      id: staffId,
      name: `职员${at + 1}`,
      post: { zh: "窗口岗", en: "Clerk" },
      number: String(at + 1).padStart(2, "0"),
      badges: [digest],
      revokedBadges: at === 0 ? oldCards : [],
      roles: [role === "inspector" || role === "technician" ? role : "clerk"],
      trained: role !== "untrained",
      counters: counter === null ? everywhere : [present(everywhere[counter], "a clerk's window")],
    }));
}

function configurationOf(counters: readonly SimCounter[], staff: readonly SimStaff[]): HallConfiguration {
  return HallConfiguration.parse({
    hall: SIM_HALL,
    name: { zh: "模拟大厅", en: "Simulated hall" },
    zone: "Asia/Shanghai",
    sessions: [
      { from: "08:00", to: "12:00" },
      { from: "14:00", to: "17:30" },
    ],
    queues: [
      { id: "a", letter: "A" },
      { id: "b", letter: "B", first: 1, last: 9 },
    ],
    services: [
      { id: "apply", name: { zh: "综合", en: "General" }, queue: "a" },
      { id: "tax", name: { zh: "税务", en: "Tax" }, queue: "a" },
      { id: "social", name: { zh: "社保", en: "Social security" }, queue: "b" },
    ],
    counters: counters.map(({ counterId, terminalId }, at) => ({
      id: counterId,
      terminal: terminalId,
      title: { zh: "综合窗口", en: "General" },
      queues: at % 3 === 2 ? ["a"] : ["a", "b"],
    })),
    staff: rosterOf({ counters, staff }),
    rules: { callableAfterMs: 2000, announcementSlotMs: 3000 },
  });
}
