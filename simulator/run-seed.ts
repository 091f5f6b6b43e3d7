import { digestOf, GENESIS, hallSecondsAt, readEvent } from "../controller/index.ts";
import { messageOf } from "../protocol/index.ts";
import type { AttendanceChoice } from "./attendance-plan.ts";
import type { Checker, Evidence, Violation } from "./checkers/checker.ts";
import { CHECKERS } from "./checkers/all.ts";
import { atRest } from "./checkers/liveness.ts";
import { countSometimes, type Counters } from "./counters.ts";
import { describeMix, type FaultChoice } from "./faults.ts";
import { SimHall, type TracedLine } from "./hall.ts";
import type { Entry } from "./history.ts";
import { countVerdicts } from "./verdict-counters.ts";
import { type Seams, SOUND } from "./seams.ts";
import type { MakePeople } from "./people/people.ts";
import { seedPeople } from "./people/crowd/hall-people.ts";

export interface SeedOptions {
  readonly seed: number;
  /** Default: drawn, 1 to 8. */
  readonly counters?: number;
  /** Virtual minutes of the safety phase; default 60. */
  readonly minutes?: number;
  /** Default "swarm". A list names the only families, or, with a `-` before, those that are off. */
  readonly faults?: FaultChoice;
  /** Default "none", as the seeds were recorded that are kept. */
  readonly attendance?: AttendanceChoice;
  readonly people?: MakePeople;
  readonly checkers?: readonly Checker[];
  /** Default: the product as it is. */
  readonly seams?: Seams;
  /** Told of everything as it happens. Changes nothing of what happens. */
  readonly onTrace?: (atMs: number, line: Entry | TracedLine) => void;
}

export interface SeedResult {
  readonly seed: number;
  /** The exit codes of the command: 127 crash, 128 liveness, 129 correctness. */
  readonly verdict: "passed" | "crash" | "liveness" | "correctness";
  readonly violations: readonly Violation[];
  /** Over the log's head, the number of steps and of happenings: the same for the same seed and options, anywhere. */
  readonly logHash: string;
  readonly steps: number;
  readonly events: number;
  readonly counters: Counters;
  /** The mix that was drawn, for people. */
  readonly faults: string;
  /** The last happenings before the end, or before the first bug. */
  readonly trace: readonly Entry[];
}

/** After the faults: all must be well within this, virtual. */
const LIVENESS_MS = 60_000;
/** A message, its commit and its answer take less; somebody may speak again just then. */
const UNDER_WAY_MS = 2_100; // No multiple of a tick: what a tick has just said is always under way.
const UNDER_WAY_LOOKS = 3;
/** Wakes in one seed: more means that somebody wakes himself for ever. */
const STEPS_MAX = 3_000_000;
const TRACE_MAX = 60;
/** Where every simulated hall stands. */
const ZONE = "Asia/Shanghai";

/** Plays one seed from start to end: faults, healing, and the checkers' judgement. Synchronous and deterministic. */
export function runSeed(options: SeedOptions): SeedResult {
  const { seed, faults = "swarm", people = seedPeople, checkers = CHECKERS, onTrace = null } = options;
  const { counters, minutes, attendance = "none", seams = SOUND } = options;
  const size = { ...(counters !== undefined && { counters }), ...(minutes !== undefined && { minutes }) };
  const hall = new SimHall({ seed, faults, people, onTrace, seams, attendance, ...size });
  const ended = play(hall);
  const violations = [...bugsOf(hall), ...(ended ? judge(hall, checkers) : [ENDLESS])];
  const { history, scheduler, controller } = hall;
  const head = controller.disk.records.at(-1)?.hash ?? GENESIS.hash;
  return {
    seed,
    verdict: verdictOf(violations),
    violations: violations.map(({ invariant, detail, checker = "run" }) => ({ invariant, detail, checker })),
    logHash: digestOf(`${head} ${scheduler.steps} ${history.entries.length}`),
    steps: scheduler.steps,
    events: controller.disk.records.length,
    counters: { ...countSometimes(history), ...countVerdicts(controller.ledger, hallSecondsAt(hall.nowMs, ZONE)) },
    faults: describeMix(hall.mix),
    trace: history.entries.slice(-TRACE_MAX),
  };
}

type Found = Violation & { readonly kind: Exclude<SeedResult["verdict"], "passed"> };

const ENDLESS: Found = { invariant: "steps", detail: `more than ${STEPS_MAX} steps`, kind: "liveness" };

/** Safety phase, healing, liveness phase. False when it did not come to an end. */
export function play(hall: SimHall): boolean {
  const { scheduler, plan } = hall;
  const safetyUs = plan.minutes * 60_000_000;
  hall.open();
  if (!scheduler.runUntil(safetyUs, STEPS_MAX)) return false;
  hall.heal();
  let untilUs = safetyUs + LIVENESS_MS * 1000;
  for (let look = 0; look <= UNDER_WAY_LOOKS; look += 1) {
    if (!scheduler.runUntil(untilUs, STEPS_MAX)) return false;
    if (isQuiet(hall)) break;
    untilUs += UNDER_WAY_MS * 1000;
  }
  return true;
}

/** What was said in the last instant of a world is still under way: it is looked at again, all of it at once. */
const isQuiet = (hall: SimHall): boolean => atRest(hall.final()).length === 0;

const bugsOf = ({ bugs }: SimHall): Found[] =>
  bugs.map(({ node, thrown }) => ({ invariant: "crash", detail: `${node}: ${messageOf(thrown)}`, kind: "crash" }));

/** What the checkers are given of a hall as it is now. */
export function evidenceOf(hall: SimHall): Evidence {
  const final = hall.final();
  const driftPpm = hall.mix.clockDrift ?? 0;
  return { plan: hall.plan, history: hall.history, final, events: final.records.map(readEvent), driftPpm };
}

function judge(hall: SimHall, checkers: readonly Checker[]): Found[] {
  const evidence = evidenceOf(hall);
  return checkers.flatMap(({ kind, name, check }) =>
    check(evidence).map((violation) => ({ ...violation, kind, checker: name })),
  );
}

function verdictOf(found: readonly Found[]): SeedResult["verdict"] {
  for (const kind of ["crash", "correctness", "liveness"] as const) {
    if (found.some((violation) => violation.kind === kind)) return kind;
  }
  return "passed";
}
