import { z } from "zod";
import { Bilingual } from "../../../protocol/index.ts";
import type { Actor } from "../../core/access/actor.ts";
import { dateOf, dayOf, momentOf } from "../../core/attendance/hall-time.ts";
import { DOCUMENT_KINDS } from "../../core/office/document-request.ts";
import { attendanceOf, mayFile, unitOf } from "../../core/office/filing-rights.ts";
import { OFFICE_REFUSALS } from "../../core/office/office-refusals.ts";
import type { FilingPreview } from "../../core/office/preview-filing.ts";
import { hallNow, slotsOn } from "../../core/office/regulation.ts";
import type { HallView } from "../../core/state.ts";
import { unitName } from "../../core/office/unit-name.ts";
import type { Seen } from "./attendance-views.ts";

/** What a form needs before anything is filed. Dates and times are the hall's own. */
export const FilingChoices = z.object({
  today: z.string(),
  /** The next session of work, to begin with; null when none comes within a fortnight. */
  next: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** The regulation's hours on that session's day. */
  hours: z.array(z.tuple([z.string(), z.string()])),
  /** Whom one may name. No badge numbers: a staff number stands on the nameplate too. */
  people: z.array(
    z.object({
      person: z.string(),
      name: z.string(),
      number: z.string(),
      unitName: Bilingual,
      /** Whoever asks answers for this person. */
      answered: z.boolean(),
    }),
  ),
  counters: z.array(z.object({ counter: z.string(), title: Bilingual })),
  /** Of windows and desks; `counter` null: at a desk. */
  terminals: z.array(z.object({ terminal: z.string(), counter: z.string().nullable() })),
  /** What one may file: for oneself, and for those one answers for. */
  kinds: z.array(z.object({ kind: z.enum(DOCUMENT_KINDS), own: z.boolean(), others: z.boolean() })),
});
export type FilingChoices = z.infer<typeof FilingChoices>;

const Office = z.object({ role: z.string(), zh: z.string() });

/** What filing it would come to. Nothing has been recorded. */
export const FilingOutlook = z.object({
  state: z.enum(["waiting", "holds", "refused", "cancelled", "late"]),
  due: z.array(Office),
  filedWith: z.array(Office),
  parallel: z.boolean(),
  days: z.number().nullable(),
  rules: z.array(z.string()),
  hindrance: z.object({ code: z.string(), text: Bilingual, rules: z.array(z.string()) }).nullable(),
  /** Windows of whoever goes, with the names of those who can stand there then and of those who are away. */
  windows: z.array(z.object({ counter: z.string(), by: z.array(z.string()), away: z.array(z.string()) })),
  substituteFirst: z.array(z.string()).describe("Rules by which it takes effect only once a substitute has badged in."),
});
export type FilingOutlook = z.infer<typeof FilingOutlook>;

const LOOK_AHEAD_DAYS = 14;

export function filingChoices({ hall, regulation, at }: Seen, actor: Actor): FilingChoices {
  const now = hallNow(regulation, at);
  const today = dayOf(now);
  const days = Array.from({ length: LOOK_AHEAD_DAYS }, (_, ahead) => today + ahead);
  const next = days.flatMap((day) => slotsOn(regulation, day)).find(({ from }) => from > now);
  const { counters = [], desks = [] } = hall.configuration ?? {};
  const people = peopleNamed(hall, actor);
  const other = people.find(({ answered, person }) => answered && person !== actor.staffId);
  return {
    today: dateOf(today),
    next: next === undefined ? null : { from: toMinute(next.from), to: toMinute(next.to) },
    hours: slotsOn(regulation, next === undefined ? today : dayOf(next.from)).map(hoursOf),
    people,
    counters: counters.map(({ id, title }) => ({ counter: id, title })),
    terminals: [
      ...counters.map(({ id, terminal }) => ({ terminal, counter: id })),
      ...desks.map(({ terminal }) => ({ terminal, counter: null })),
    ],
    kinds: DOCUMENT_KINDS.map((kind) => ({
      kind,
      own: actor.staffId !== undefined && mayFile(hall, actor, kind, [actor.staffId]),
      others: other !== undefined && mayFile(hall, actor, kind, [other.person]),
    })),
  };
}

const timeIn = (at: number): string => momentOf(at).slice(11, 16);
const hoursOf = ({ from, to }: { readonly from: number; readonly to: number }): [string, string] => [
  timeIn(from),
  timeIn(to),
];
const toMinute = (at: number): string => momentOf(at).slice(0, 16);

/** Those one answers for, and of the others the colleagues: the same unit, or the same window. */
function peopleNamed(hall: HallView, actor: Actor) {
  const attendance = attendanceOf(hall);
  const staff = hall.configuration?.staff ?? [];
  const self = staff.find(({ id }) => id === actor.staffId);
  const own = self === undefined ? null : { unit: unitOf(attendance, self.id), posts: postsOf(self) };
  return staff.flatMap((person) => {
    const { id, name, number } = person;
    const unit = unitOf(attendance, id);
    const answered = mayFile(hall, actor, "lunch-duty", [id]);
    const isColleague = own !== null && (own.unit === unit || postsOf(person).some((post) => own.posts.includes(post)));
    if (!answered && !isColleague) return [];
    const called = unitName(attendance?.units ?? [], unit) ?? { zh: unit, en: unit };
    return [{ person: id, name, number, unitName: called, answered }];
  });
}

type Posted = Pick<NonNullable<HallView["configuration"]>["staff"][number], "counters" | "backup" | "admitted">;
const postsOf = ({ counters, backup, admitted }: Posted): string[] => [...counters, ...backup, ...admitted];

export function filingOutlook(
  hall: HallView,
  { filing, hindrance, windows, substituteFirst }: FilingPreview,
): FilingOutlook {
  const nameOf = (id: string): string => hall.configuration?.staff.find((person) => person.id === id)?.name ?? id;
  const named = ({ id, zh }: { readonly id: string; readonly zh: string }) => ({ role: id, zh });
  const { state, due, filedWith, parallel, days, rules } = filing;
  return {
    state,
    due: due.map(named),
    filedWith: filedWith.map(named),
    parallel,
    days,
    rules: [...rules],
    hindrance:
      hindrance === null
        ? null
        : { code: hindrance.code, text: OFFICE_REFUSALS[hindrance.code], rules: [...hindrance.rules] },
    windows: windows.map(({ counterId, by, away }) => ({
      counter: counterId,
      by: by.map(nameOf),
      away: away.map(nameOf),
    })),
    substituteFirst: [...substituteFirst],
  };
}
