import type { CounterId, StaffId } from "../../../protocol/index.ts";
import { type DayNumber, dayNumber } from "../attendance/hall-time.ts";
import { turnTasks } from "../attendance/rota-turn.ts";
import type { HallView } from "../state.ts";
import type { AttendanceConfiguration, Turn } from "./attendance-configuration.ts";
import type { Regulation } from "./regulation.ts";

// Turns at integrated windows (ATT-66 to ATT-68): who has a window when, by the yearly plan of the centre.

const turnsIn = ({ configuration }: HallView): readonly Turn[] =>
  (configuration?.attendance as AttendanceConfiguration | undefined)?.turns ?? [];

/** ATT-66: at a window that goes by turns only the department whose turn it is signs on, its backups among them. */
export function hasTurn(hall: HallView, person: StaffId, counterId: CounterId): boolean {
  const here = turnsIn(hall).filter(({ counter }) => counter === counterId);
  const date = hall.day?.date;
  if (here.length === 0 || date === undefined) return true;
  return here.some(
    ({ from, to, staff, backups }) =>
      date >= from && date <= to && (staff.includes(person) || backups.includes(person)),
  );
}

/** ATT-68: the last day on which somebody may still say that they cannot come on `day`; null when none holds. */
export function absenceReportBy(
  hall: HallView,
  { policy, calendar }: Regulation,
  person: StaffId,
  day: DayNumber,
): DayNumber | null {
  if (policy.profile.rota.reportDays === null) return null;
  const turn = turnsIn(hall).find(({ from, to, staff }) => {
    const [first, last] = [dayNumber(from) ?? 0, dayNumber(to) ?? 0];
    return staff.includes(person) && day >= first && day <= last;
  });
  return turn === undefined ? null : turnTasks(policy, calendar, dayNumber(turn.from) ?? day, day).reportBy;
}

/** A change of hands at a window that is to be prepared now (ATT-67). */
export interface HandOver {
  readonly turnId: string;
  readonly turn: Turn;
  readonly outgoing: readonly StaffId[];
  readonly dueOn: DayNumber;
}

/** From a week before a turn until its first day is over, where somebody else had the window before. */
export function handOversDue(hall: HallView, { policy, calendar }: Regulation): HandOver[] {
  const today = dayNumber(hall.day?.date ?? "");
  if (policy.profile.rota.handOverDays === null || today === null) return [];
  const turns = turnsIn(hall);
  return turns.flatMap((turn) => {
    const begins = dayNumber(turn.from) ?? 0;
    const { handOverOn } = turnTasks(policy, calendar, begins, begins);
    if (handOverOn === null || today < handOverOn || today > begins) return [];
    const former = turns
      .filter(({ counter, to }) => counter === turn.counter && to < turn.from)
      .toSorted((a, b) => (a.to < b.to ? 1 : -1))[0];
    if (former === undefined) return [];
    return [{ turnId: `${turn.counter} ${turn.from}`, turn, outgoing: former.staff, dueOn: handOverOn }];
  });
}

/** Both sides have badged at the window: somebody who leaves it and somebody who comes. */
export const isHandedOver = ({ turn, outgoing }: HandOver, seen: readonly StaffId[]): boolean =>
  seen.some((id) => outgoing.includes(id)) && seen.some((id) => turn.staff.includes(id));
