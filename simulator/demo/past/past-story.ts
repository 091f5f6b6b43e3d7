import { type HallSeconds, type HallView, momentOf } from "../../../controller/index.ts";
import { type CounterId, present } from "../../../protocol/index.ts";
import type { DemoHall, DemoStaff } from "../hall-plan.ts";
import { clockOn, type PastDay, sessionOf, type StoryDays } from "./past-days.ts";
import type { Account, PastPaper } from "./past-papers.ts";
import type { OtherWay } from "./past-taps.ts";

/** What is worth telling of a fortnight: who came otherwise than every day, and what was filed about it. */
export interface PastStory {
  readonly ways: readonly OtherWay[];
  readonly papers: readonly PastPaper[];
  /** Pauses with the reason 外出. */
  readonly outings: readonly PastOuting[];
}

export interface PastOuting {
  readonly who: DemoStaff;
  readonly counterId: CounterId;
  readonly from: HallSeconds;
  readonly to: HallSeconds;
}

export type Accounts = Readonly<Record<"staff" | "head" | "manager" | "inspector" | "office", Account>>;

interface Teller extends StoryDays {
  readonly hall: DemoHall;
  readonly accounts: Accounts;
}

const MINUTE_S = 60;
const [MON, TUE, WED, THU, FRI] = [0, 1, 2, 3, 4];
const [AM, PM] = [0, 1];
const NOTHING: PastStory = { ways: [], papers: [], outings: [] };
const APPROVED = { decision: "approve" } as const;
/** The sick note and the unit's opinion lay on the manager's desk. */
const PAPERS_SHOWN = { ...APPROVED, certificate: "county-hospital", unitOpinion: true } as const;

/** A hall of few windows has fewer people, and less is told of it. */
export function tellStory(hall: DemoHall, days: StoryDays | null, accounts: Accounts): PastStory {
  if (days === null) return NOTHING;
  const teller = { ...days, hall, accounts };
  const told = TELLERS.flatMap((tell, index) => {
    const counter = hall.counters[index];
    return counter === undefined ? [] : [tell(teller, counter)];
  });
  return {
    ways: told.flatMap(({ ways = [] }) => ways),
    papers: told.flatMap(({ papers = [] }) => papers),
    outings: told.flatMap(({ outings = [] }) => outings),
  };
}

type Told = Partial<PastStory>;
type Counter = DemoHall["counters"][number];

const dayOf = ({ week }: StoryDays, index: number): PastDay => present(week[index], "a day of the week");

/** Late on Tuesday, and objects in vain; forgets to sign out on Thursday, and has it put right; goes out on Friday. */
function lateOne(teller: Teller, { counterId, clerk }: Counter): Told {
  const { staffId: person } = clerk;
  const { accounts, published } = teller;
  const [late, forgot, out] = [dayOf(teller, TUE), dayOf(teller, THU), dayOf(teller, FRI)];
  const errand = { from: clockOn(out, "15:10"), to: clockOn(out, "15:45") };
  const objection = (hall: HallView) => {
    const sheets = [...(hall.office?.publications.values() ?? [])];
    const sheet = sheets.find(({ from, to }) => from <= late.date && to >= late.date);
    if (sheet === undefined) return null;
    const about = { publication: sheet.publicationId, date: late.date as never, session: sessionOf(late, AM).name };
    return { kind: "objection" as const, person, ...about, reason: "公交车途中故障，非本人原因" };
  };
  return {
    ways: [
      { staffId: person, date: late.date, session: AM, in: 27 * MINUTE_S },
      { staffId: person, date: forgot.date, session: PM, out: null },
    ],
    outings: [{ who: clerk, counterId, ...errand }],
    papers: [
      {
        filedAt: clockOn(out, "09:10"),
        by: accounts.staff,
        document: () => ({
          kind: "correction",
          person,
          at: momentOf(sessionOf(forgot, PM).to + 3 * MINUTE_S),
          direction: "out",
          why: "forgotten",
          reason: "下班时忘记刷卡，同窗口同事可证明",
        }),
        signed: [
          { at: clockOn(out, "10:05"), by: accounts.office, decision: { ...APPROVED, note: "已向大厅值班长核实" } },
        ],
      },
      {
        filedAt: clockOn(out, "14:45"),
        by: accounts.office,
        document: () => ({
          kind: "permit",
          person,
          from: momentOf(clockOn(out, "15:00")),
          to: momentOf(clockOn(out, "15:40")),
          purpose: "business",
          destination: "区档案馆",
          reason: "取回调阅的档案",
        }),
        signed: [],
      },
      {
        filedAt: clockOn(published, "11:20"),
        by: accounts.staff,
        document: objection,
        signed: [
          {
            at: clockOn(published, "16:10"),
            by: accounts.inspector,
            decision: { decision: "refuse", note: "未提供证明，维持原记录" },
          },
        ],
      },
    ],
  };
}

/** Keeps the hall open over noon on Tuesday, away on business on Wednesday. */
function busyOne(teller: Teller, { clerk: { staffId: person } }: Counter): Told {
  const { accounts } = teller;
  const [noon, away] = [dayOf(teller, TUE), dayOf(teller, WED)];
  return {
    ways: [
      { staffId: person, date: noon.date, session: AM, out: null },
      { staffId: person, date: noon.date, session: PM, in: null },
      ...[AM, PM].map((session) => ({ staffId: person, date: away.date, session, in: null, out: null })),
    ],
    papers: [
      {
        filedAt: clockOn(noon, "09:30"),
        by: accounts.office,
        document: () => ({ kind: "lunch-duty", person, date: noon.date, reason: "午间轮值" }),
        signed: [],
      },
      leave(teller, {
        filedAt: clockOn(noon, "15:00"),
        person,
        kind: "business",
        over: [sessionOf(away, AM).from, sessionOf(away, PM).to],
        reason: "到市行政审批局参加业务培训班",
        signed: [{ at: clockOn(noon, "16:20"), by: accounts.manager, decision: APPROVED }],
      }),
    ],
  };
}

/** Leaves early on Wednesday; yesterday the sign-out was forgotten, and the correction waits. */
function hastyOne(teller: Teller, { clerk: { staffId: person } }: Counter): Told {
  const { yesterday, accounts } = teller;
  const early = { staffId: person, date: dayOf(teller, WED).date, session: AM, out: -31 * MINUTE_S };
  const until = sessionOf(yesterday, PM).to;
  return {
    ways: [early, { staffId: person, date: yesterday.date, session: PM, out: null }],
    papers: [
      {
        filedAt: until + 20 * MINUTE_S,
        by: accounts.head,
        document: () => ({
          kind: "correction",
          person,
          at: momentOf(until + 2 * MINUTE_S),
          direction: "out",
          why: "reader-fault",
          reason: "下班刷卡无反应，已报修",
        }),
        signed: [],
      },
    ],
  };
}

/** In a training on Monday; absent on Thursday morning; asks for a day of next week, and waits. */
function absentOne(teller: Teller, { clerk: { staffId: person } }: Counter): Told {
  const { accounts, yesterday } = teller;
  const [trained, absent] = [dayOf(teller, MON), dayOf(teller, THU)];
  const { from, to } = sessionOf(trained, PM);
  const nextWeek = WEEK_S + clockOn(yesterday, "00:00");
  return {
    ways: [
      { staffId: person, date: absent.date, session: AM, in: null, out: null },
      { staffId: person, date: trained.date, session: PM, in: null, out: null },
    ],
    papers: [
      {
        filedAt: clockOn(trained, "09:00"),
        by: accounts.office,
        document: () => ({
          kind: "meeting",
          what: "training",
          title: "综合窗口业务培训",
          persons: [person],
          from: momentOf(from),
          to: momentOf(to),
          reason: "中心统一安排",
        }),
        signed: [],
      },
      leave(teller, {
        filedAt: clockOn(yesterday, "15:20"),
        person,
        kind: "annual",
        over: [nextWeek + (sessionOf(yesterday, AM).from % DAY_S), nextWeek + (sessionOf(yesterday, PM).to % DAY_S)],
        reason: "年休假",
        signed: [],
      }),
    ],
  };
}

/** Ill on Thursday and Friday, with a note from the county's hospital; the supervisor stands in. */
function illOne(teller: Teller, { counterId, clerk: { staffId: person } }: Counter): Told {
  const { accounts, hall } = teller;
  const days = [dayOf(teller, THU), dayOf(teller, FRI)];
  const told = dayOf(teller, WED);
  const halves = days.flatMap(({ date }) => [AM, PM].map((session) => ({ date, session })));
  const [first, last] = [present(days[0], "Thursday"), present(days[1], "Friday")];
  return {
    ways: halves.flatMap((half) => [
      { staffId: person, ...half, in: null, out: null },
      { staffId: hall.lead.staffId, ...half, at: counterId },
    ]),
    papers: [
      leave(teller, {
        filedAt: clockOn(told, "15:40"),
        person,
        kind: "sick",
        certificate: "county-hospital",
        substitute: hall.lead.staffId,
        over: [sessionOf(first, AM).from, sessionOf(last, PM).to],
        reason: "感冒发烧，医生建议休息两天",
        signed: [{ at: clockOn(told, "16:50"), by: accounts.manager, decision: PAPERS_SHOWN }],
      }),
    ],
  };
}

/** Does not sign out on Friday, and nobody put it right. */
const carelessOne = (teller: Teller, { clerk: { staffId } }: Counter): Told => ({
  ways: [{ staffId, date: dayOf(teller, FRI).date, session: PM, out: null }],
});

const TELLERS = [lateOne, busyOne, hastyOne, absentOne, illOne, carelessOne] as const;
const DAY_S = 86_400;
const WEEK_S = 7 * DAY_S;

interface AskedLeave extends Pick<PastPaper, "filedAt" | "signed"> {
  readonly person: DemoStaff["staffId"];
  readonly kind: "business" | "annual" | "sick";
  readonly over: readonly [from: HallSeconds, to: HallSeconds];
  readonly reason: string;
  readonly certificate?: string;
  readonly substitute?: DemoStaff["staffId"];
}

function leave({ accounts }: Teller, { filedAt, signed, kind, over, ...asked }: AskedLeave): PastPaper {
  const [from, to] = [momentOf(over[0]), momentOf(over[1])];
  return {
    filedAt,
    by: accounts.office,
    document: () => ({ kind: "leave", leave: kind, from, to, special: false, ...asked }),
    signed,
  };
}
