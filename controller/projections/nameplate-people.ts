import { type Bilingual, bilingual, type EpochMs, type PersonOnDuty, type StaffId } from "../../protocol/index.ts";
import type { CounterView } from "../core/counters/counter.ts";
import { regulationOf } from "../core/office/regulation.ts";
import { peopleAt, personOf } from "../core/staff/authority.ts";
import { isNoonAt, isOnLunchDuty } from "../core/staff/sessions.ts";
import type { HallView } from "../core/state.ts";

/** Somebody as the window names them, with their own name and post also where they stand in for another (IDN-20). */
export function personShown(hall: HallView, staffId: StaffId | null): PersonOnDuty | null {
  if (staffId === null) return null;
  const { id, name, post, number } = personOf(hall, staffId);
  return { staffId: id, name, post, number, cover: (hall.staff.get(id)?.coverFor ?? null) !== null };
}

/** Two people are named while both are there; somebody who is out is not, unless the window waits for them. */
export function colleagueShown(hall: HallView, { colleague }: CounterView): PersonOnDuty | null {
  if (colleague === null || (hall.staff.get(colleague)?.outing ?? null) !== null) return null;
  return personShown(hall, colleague);
}

const LUNCH_DUTY = bilingual("午间值班", "Lunch duty");
const EXTENDED_SERVICE = bilingual("延时服务", "Extended service");
const FREE_EXTENDED_SERVICE = bilingual("延时服务 不收费用", "Extended service, free of charge");

/** HRS-18: where the regulation forbids any charge, those who are served after hours read that. */
function extendedMark({ configuration }: HallView): Bilingual {
  const isFree = regulationOf(configuration)?.policy.profile.extendedService.free === true;
  return isFree ? FREE_EXTENDED_SERVICE : EXTENDED_SERVICE;
}

/** IDN-19: what is special about the service now. */
export function marksOf(hall: HallView, counter: CounterView, now: EpochMs): Bilingual[] {
  const isLunchDuty = isNoonAt(hall, now) && peopleAt(counter).some((staffId) => isOnLunchDuty(hall, staffId));
  return [...(isLunchDuty ? [LUNCH_DUTY] : []), ...(counter.extended === null ? [] : [extendedMark(hall)])];
}
