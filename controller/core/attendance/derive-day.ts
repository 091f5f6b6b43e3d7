import { carriedIn, type Policy, rulesAt } from "../policy/policy.ts";
import { tierOf } from "./approvals.ts";
import type { Finding, Leave, Tap } from "./facts.ts";
import { DAY_S, type DayNumber, type HallSeconds } from "./hall-time.ts";
import { judgeSession } from "./judge-session.ts";
import { holdOf, isUnreturned, leaveDays, leaveEnd, moveEdges, needsSubstitute } from "./leave-effect.ts";
import { type DayTaps, sortTaps } from "./outings.ts";
import { isFound, type PersonFacts } from "./person-facts.ts";
import type { Expected } from "./punctuality.ts";
import type { Rulebook } from "./rulebook.ts";
import type { SlotTap } from "./tap-slots.ts";
import type { DayPlan, Slot, Timetable } from "./timetable.ts";
import type { Flag, SessionState, SessionVerdict } from "./verdict.ts";

/** What every verdict of a hall is reckoned with. */
export interface Derivation {
  readonly policy: Policy;
  readonly book: Rulebook;
  readonly timetable: Timetable;
  readonly asOf: HallSeconds;
  readonly reportedUntil: HallSeconds;
  /** Before it nobody could tap: there was no hall yet. */
  readonly inUseSince?: HallSeconds;
  readonly tapsOf: (person: string) => ReadonlyMap<DayNumber, readonly Tap[]>;
  /** What was found about somebody: it may void their taps. */
  readonly findingsOf: (person: string) => readonly Finding[];
}

/** Taps further than this from all working hours are shown as out of hours; they count all the same. */
const OUT_OF_HOURS_S = 3 * 3600;
const NO_TAPS: readonly Tap[] = [];
const NO_FLAGS: readonly Flag[] = [];

/** The verdicts of one person on one day, in the order of its sessions. */
export function deriveDay(hall: Derivation, facts: PersonFacts, day: DayNumber): SessionVerdict[] {
  const plan = hall.timetable.planFor(facts.roster, day);
  const all = facts.taps.get(day) ?? NO_TAPS;
  if (!plan.isWorkday) return plan.slots.map((slot) => restVerdict(facts, plan, slot, all));
  const taps =
    all.length === 0 ? all : all.filter((tap) => isEvidence(hall.policy, facts.person.id, facts.findings, tap));
  const used = inUse(hall, plan);
  const sorted = sortTaps(taps, used.slots);
  const earlier: Expected[] = [];
  return plan.slots.map((slot) => {
    const index = used.slots.indexOf(slot);
    if (index === -1) return notInUse(blankVerdict(facts, plan, slot, NO_TAPS, NO_FLAGS));
    const { verdict, expected } = deriveSession(hall, facts, { plan: used, slot, index, all, sorted, earlier });
    earlier.push(expected);
    return verdict;
  });
}

/** The day without the sessions that were over before the hall was in use: no badge belongs to them. */
function inUse({ inUseSince = NEVER }: Derivation, plan: DayPlan): DayPlan {
  const slots = plan.slots.filter(({ to }) => to > inUseSince);
  return slots.length === plan.slots.length ? plan : { ...plan, slots };
}

const NEVER = Number.NEGATIVE_INFINITY;
const IN_USE_RULE = "default:inUseSince";

/** Nobody's presence and nobody's absence: it is not due. */
const notInUse = (blank: SessionVerdict): SessionVerdict => ({
  ...blank,
  state: "not-due",
  flags: ["not-in-use"],
  rules: [IN_USE_RULE, ...blank.rules],
});

interface InDay {
  readonly plan: DayPlan;
  readonly slot: Slot;
  readonly index: number;
  readonly all: readonly Tap[];
  readonly sorted: DayTaps;
  readonly earlier: readonly Expected[];
}

/** Voided taps, revoked badges and the wrong reader (AMB-41) stay on record and speak for nobody. */
function isEvidence({ profile }: Policy, id: string, findings: readonly Finding[], tap: Tap): boolean {
  if (tap.badge === "revoked" || isVoid(id, findings, tap)) return false;
  const isSigningIn = tap.direction === "in" || tap.direction === null;
  return !(profile.signin.device === "desk" && tap.role === "counter" && isSigningIn);
}

const isVoid = (id: string, findings: PersonFacts["findings"], { at }: Tap): boolean =>
  findings.some(({ voids }) => voids.some((entry) => entry.person === id && entry.at === at));

function deriveSession(
  hall: Derivation,
  facts: PersonFacts,
  inDay: InDay,
): { readonly verdict: SessionVerdict; readonly expected: Expected } {
  const { plan, slot, index, all, sorted } = inDay;
  const leave = leaveIn(hall, facts, plan, slot);
  const moved = moveEdges(slot, leave.effective);
  const onLunchDuty = facts.lunchDuty.has(plan.day) && plan.slots.length > 1;
  const cameBefore = (sorted.bySlot[0]?.length ?? 0) > 0;
  const here = sorted.bySlot[index] ?? [];
  const wasUnderWay = moved.from < (hall.inUseSince ?? NEVER);
  const expected: Expected = {
    from: moved.from,
    to: moved.to,
    inWaived:
      wasUnderWay || sorted.noInNeeded.has(index) || (onLunchDuty && index > 0 && (cameBefore || here.length > 0)),
    outWaived: sorted.noOutNeeded.has(index) || (onLunchDuty && index === 0 && here.length > 0),
  };
  const flags: Flag[] = [...leave.flags, ...tapFlags(facts, slot, index, plan, all)];
  const blank = (): SessionVerdict => blankVerdict(facts, plan, slot, tapsOf(here), flags);
  if (hall.asOf < slot.to) {
    return { verdict: { ...blank(), state: hall.asOf < slot.from ? "not-due" : "pending" }, expected };
  }
  if (moved.whole !== null)
    return { verdict: leaveVerdict(hall, facts, blank(), inDay, moved.whole, leave.held), expected };
  // Who came before there was a terminal, and went without a sign, cannot be told from who never came.
  if (wasUnderWay && here.length === 0) return { verdict: notInUse(blank()), expected };
  const id = facts.person.id;
  const judged = judgeSession({
    policy: hall.policy,
    book: hall.book,
    person: id,
    day: plan.day,
    slot,
    expected,
    taps: here,
    outings: sorted.outings,
    earlier: inDay.earlier,
    permits: leave.effective,
    ifAbsent: leave.ifAbsent,
    flags,
    proxy: isFound(facts.findings, "proxy", id, plan.day, slot.name),
    leftPost: isFound(facts.findings, "left-post", id, plan.day, slot.name) ? 1 : 0,
    leaveBreach: leave.breach,
  });
  const why = [...(wasUnderWay ? [IN_USE_RULE] : []), ...leave.tooLong, ...(onLunchDuty ? ["HRS-13", "AMB-27"] : [])];
  const verdict = why.length > 0 ? { ...judged, rules: [...new Set([...judged.rules, ...why])] } : judged;
  return { verdict: hall.reportedUntil >= slot.to ? verdict : unsettled(verdict, blank()), expected };
}

const tapsOf = (here: readonly SlotTap[]): readonly Tap[] => here.map(({ tap }) => tap);

/** Nobody is absent, late or early for want of a tap that may still lie in a terminal's journal. */
function unsettled(verdict: SessionVerdict, blank: SessionVerdict): SessionVerdict {
  const { in: first, out: last, absence } = verdict;
  if (absence === 0 && first !== null && last !== null && verdict.late + verdict.early === 0) return verdict;
  return { ...blank, in: first, out: last, inferred: verdict.inferred };
}

interface LeaveIn {
  readonly effective: readonly Leave[];
  readonly held: ReadonlySet<Leave>;
  readonly ifAbsent: readonly string[];
  /** Rules by which being told was not enough: they are named whatever the session comes to. */
  readonly tooLong: readonly string[];
  readonly flags: readonly Flag[];
  readonly breach: number;
}

const NO_LEAVE: LeaveIn = { effective: [], held: new Set(), ifAbsent: [], tooLong: [], flags: [], breach: 0 };

/** What a person's leave comes to in one session. */
function leaveIn(hall: Derivation, facts: PersonFacts, plan: DayPlan, slot: Slot): LeaveIn {
  const { leave: all, roster } = facts;
  if (all.length === 0) return NO_LEAVE;
  const { policy, book } = hall;
  const effective: Leave[] = [];
  const held = new Set<Leave>();
  const ifAbsent: string[] = [];
  const flags: Flag[] = [];
  const tooLong: string[] = [];
  let breach = 0;
  for (const leave of all) {
    if (isUnreturned(policy, leave, slot)) {
      flags.push("unreturned-leave");
      ifAbsent.push(...book.unreturned);
      if (isFirst(hall, roster, { plan, slot, since: leave.to, reached: ({ from }) => from >= leave.to })) breach += 1;
    }
    if (leave.from >= slot.to || leaveEnd(leave) <= Math.max(slot.from, leave.from)) continue;
    if (leave.state !== "approved") {
      ifAbsent.push(...book.unapproved);
      continue;
    }
    const hold = holdOf(policy, leave);
    if (hold?.effect === "void") {
      ifAbsent.push(...hold.rules);
      if (leave.kind === "oral") tooLong.push(...hold.rules);
      else if (isFirst(hall, roster, { plan, slot, since: leave.from, reached: ({ to }) => to > leave.from }))
        breach += 1;
    } else if (waitsForSubstitute(hall, facts, leave, plan, slot)) ifAbsent.push(...substituteRules(hall, leave));
    else effective.push(leave.to === leaveEnd(leave) ? leave : { ...leave, to: leaveEnd(leave) });
    if (hold?.effect === "held") held.add(effective.at(-1) ?? leave);
  }
  return { effective, held, ifAbsent, tooLong, flags, breach };
}

interface First {
  readonly plan: DayPlan;
  readonly slot: Slot;
  /** No session that ends before it is asked. */
  readonly since: HallSeconds;
  readonly reached: (slot: Slot) => boolean;
}

/** Whether no earlier session of theirs is reached: a breach of the rules of leave is one, however long it lasts. */
function isFirst({ timetable }: Derivation, roster: PersonFacts["roster"], { plan, slot, since, reached }: First) {
  const before = (slots: readonly Slot[]): boolean =>
    slots.some((former) => former.from < slot.from && reached(former));
  if (before(plan.slots)) return false;
  for (let day = plan.day - 1; (day + 1) * DAY_S > since; day -= 1) {
    const former = timetable.planFor(roster, day);
    if (former.isWorkday && before(former.slots)) return false;
  }
  return true;
}

function waitsForSubstitute(
  hall: Derivation,
  { roster }: PersonFacts,
  leave: Leave,
  plan: DayPlan,
  slot: Slot,
): boolean {
  if (!needsSubstitute(hall.policy, leave, daysOfLeave(hall, leave, roster))) return false;
  const { substitute } = leave;
  if (substitute === null) return true;
  const findings = hall.findingsOf(substitute);
  const shown = hall.tapsOf(substitute).get(plan.day) ?? NO_TAPS;
  const all = shown.filter((tap) => isEvidence(hall.policy, substitute, findings, tap));
  const taps = leave.leavesPost === true ? all.filter(atPostOf(hall, leave, plan.day)) : all;
  const index = plan.slots.indexOf(slot);
  return (sortTaps(taps, plan.slots).bySlot[index]?.length ?? 0) === 0;
}

/** ATT-61: whoever stands in badges where the one who goes has badged. */
function atPostOf({ tapsOf: tapsBy }: Derivation, { person }: Leave, day: DayNumber): (tap: Tap) => boolean {
  const posts = new Set((tapsBy(person).get(day) ?? NO_TAPS).map(({ terminal }) => terminal));
  return ({ terminal }) => posts.has(terminal);
}

const substituteRules = ({ policy, book }: Derivation, { leavesPost }: Leave): readonly string[] =>
  leavesPost === true ? rulesAt(policy, "outing.consent") : book.substitute;

/** Longer leave is not told apart by its length in days. */
const LEAVE_DAYS_MAX = 366;

/** By the shifts of whoever goes, where they have some. */
export function daysOfLeave(
  { timetable }: Pick<Derivation, "timetable">,
  leave: Pick<Leave, "from" | "to">,
  roster: PersonFacts["roster"],
): number {
  let days = 0;
  const [first, last] = [Math.floor(leave.from / DAY_S), Math.floor((leave.to - 1) / DAY_S)];
  for (let day = first; day <= Math.min(last, first + LEAVE_DAYS_MAX); day += 1) {
    const plan = timetable.planFor(roster, day);
    if (plan.isWorkday) days += leaveDays(leave, plan.slots);
  }
  return days;
}

function leaveVerdict(
  hall: Derivation,
  { roster }: PersonFacts,
  blank: SessionVerdict,
  { plan, slot }: InDay,
  leave: Leave,
  held: ReadonlySet<Leave>,
): SessionVerdict {
  const { policy, book } = hall;
  const isHeld = held.has(leave);
  const days = daysOfLeave(hall, leave, roster);
  const tier = tierOf(policy, { workS: leaveDays(leave, plan.slots) * (slot.to - slot.from) * 2, days });
  const byKind: Partial<Record<Leave["kind"], readonly string[]>> = {
    business: [...carriedIn(policy, "leave.business").rules, ...carriedIn(policy, "leave.kindsApart").rules],
    training: book.meetings,
    sick: [...(tier?.rules ?? []), ...carriedIn(policy, "leave.certificate").rules],
  };
  const needed = needsSubstitute(policy, leave, days) ? substituteRules(hall, leave) : [];
  const rules = [...new Set([...(byKind[leave.kind] ?? tier?.rules ?? []), ...needed, ...slot.rules])];
  const state: SessionState = leave.kind === "business" || leave.kind === "training" ? leave.kind : "leave";
  if (!isHeld) return { ...blank, state, leaveKind: leave.kind, rules };
  return { ...blank, leaveKind: leave.kind, rules, flags: [...blank.flags, "needs-confirmation"] };
}

function tapFlags(
  { person, findings }: PersonFacts,
  slot: Slot,
  index: number,
  plan: DayPlan,
  all: readonly Tap[],
): Flag[] {
  const flags: Flag[] = [];
  const isLast = index === plan.slots.length - 1;
  for (const tap of all) {
    const isHere =
      (index === 0 || tap.at >= slot.from) && (isLast || tap.at < (plan.slots[index + 1]?.from ?? slot.to));
    if (!isHere) continue;
    if (isVoid(person.id, findings, tap)) flags.push("void");
    if (tap.at < slot.from - OUT_OF_HOURS_S || tap.at > slot.to + OUT_OF_HOURS_S) flags.push("out-of-hours");
  }
  return flags;
}

function restVerdict(facts: PersonFacts, plan: DayPlan, slot: Slot, all: readonly Tap[]): SessionVerdict {
  const here = plan.slots[0] === slot ? all : NO_TAPS;
  const blank = blankVerdict(facts, plan, slot, here, here.length > 0 ? ["out-of-hours"] : []);
  return { ...blank, state: "rest" };
}

function blankVerdict(
  { person }: PersonFacts,
  { day }: DayPlan,
  slot: Slot,
  taps: readonly Tap[],
  flags: readonly Flag[],
): SessionVerdict {
  return {
    person: person.id,
    day,
    session: slot.name,
    state: "pending",
    in: null,
    out: null,
    inferred: [],
    lateS: 0,
    earlyS: 0,
    late: 0,
    early: 0,
    absence: 0,
    missedIn: 0,
    points: 0,
    leaveKind: null,
    flags: flags.length === 0 ? NO_FLAGS : [...new Set(flags)].toSorted(),
    rules: slot.rules,
    taps,
    halfDays: slot.halfDays,
    leftPost: 0,
    leaveBreach: 0,
  };
}
