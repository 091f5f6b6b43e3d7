import type { StaffId } from "../../../protocol/index.ts";
import { approvalChain, certificateVerdict } from "../attendance/approvals.ts";
import { dayOf, type HallSeconds } from "../attendance/hall-time.ts";
import { isLeaveProper } from "../attendance/leave-effect.ts";
import { rulesAt } from "../policy/policy.ts";
import type { Tier } from "../policy/profile.ts";
import type { HallView } from "../state.ts";
import { coverFault } from "./cover-plans.ts";
import { momentIn } from "./document-form.ts";
import type { DocumentOf } from "./document-request.ts";
import type { LeaveLength } from "../attendance/approvals.ts";
import { LEAVE_DAYS_MAX, lengthOf } from "./leave-length.ts";
import type { Office } from "./office-events.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";
import type { FiledDocument } from "./office-state.ts";
import type { PapersShown } from "./papers-shown.ts";
import type { Regulation } from "./regulation.ts";
import { rosterOf } from "./rosters.ts";
import { absenceReportBy } from "./turns.ts";

type Leave = DocumentOf<"leave">;

export interface Chain {
  readonly due: readonly Office[];
  readonly parallel: boolean;
  readonly filedWith: readonly Office[];
  readonly rules: readonly string[];
  readonly days: number;
}

/** Where a regulation says nothing about approval, the hall's manager decides: a product default. */
const BY_THE_MANAGER: readonly Office[] = [{ id: "manager", zh: "大厅管理员" }];

export const spanOf = ({ from, to }: { readonly from: string; readonly to: string }) => ({
  from: momentIn(from) ?? 0,
  to: momentIn(to) ?? 0,
});

/** Who must say yes to this leave (ATT-09 to ATT-12 and their like), or why it cannot be asked for. */
export function leaveChain(
  hall: HallView,
  regulation: Regulation,
  leave: Leave,
  now: HallSeconds,
): Chain | OfficeRefusal {
  const { policy } = regulation;
  const { from, to } = spanOf(leave);
  if (dayOf(to) - dayOf(from) > LEAVE_DAYS_MAX) return officeRefusal("leave-too-long", "to");
  const length = lengthOf(regulation, rosterOf(hall, leave.person), { from, to });
  const fault = leaveFault(hall, regulation, leave, now, length);
  if (fault !== null) return fault;
  const chain = approvalChain(policy, leave.leave, length);
  const told = tellsTheUnit(hall, regulation, leave) ? [UNIT_LEADER] : [];
  return {
    due: (chain?.approvers ?? BY_THE_MANAGER).map(officeOf),
    parallel: chain?.parallel ?? false,
    filedWith: [...(chain?.filedWith ?? []), ...told].map(({ id, zh }) => ({ id, zh })),
    rules: [
      ...(chain?.rules ?? ["default:leave.tiers"]),
      ...(told.length > 0 ? rulesAt(policy, "leave.coverChecked") : []),
    ],
    days: length.days,
  };
}

const officeOf = ({ id, zh, delegate }: Tier["approvers"][number]): Office => ({
  id,
  zh,
  ...(delegate !== undefined && { delegate }),
});

/** Why it cannot be asked for at all. */
function leaveFault(
  hall: HallView,
  regulation: Regulation,
  leave: Leave,
  now: HallSeconds,
  length: LeaveLength,
): OfficeRefusal | null {
  const { policy } = regulation;
  const { from, to } = spanOf(leave);
  if (length.workS === 0) return officeRefusal("leave-empty", "from");
  const { maxDays } = policy.profile.leave;
  if (maxDays !== null && length.days > maxDays && isLeaveProper(leave.leave))
    return officeRefusal("leave-too-long", "to", rulesAt(policy, "leave.maxDays"));
  const overlap = [...(hall.office?.documents.values() ?? [])].some((filed) => overlaps(filed, leave.person, from, to));
  if (overlap) return officeRefusal("leave-overlaps", "from");
  const isLate = now >= from && isLeaveProper(leave.leave) && !leave.special;
  if (policy.profile.leave.priorOnly && isLate)
    return officeRefusal("not-in-advance", "from", rulesAt(policy, "leave.priorOnly"));
  const reportBy = absenceReportBy(hall, regulation, leave.person, dayOf(from));
  if (reportBy !== null && dayOf(now) > reportBy && isLeaveProper(leave.leave) && !leave.special)
    return officeRefusal("not-in-advance", "from", rulesAt(policy, "rota.reportDays"));
  return null;
}

const UNIT_LEADER: Office = { id: "unit-leader", zh: "窗口成员单位领导" };

/** ATT-27: nobody of this person's windows can stand in, and no substitute is named: their unit's leader is told. */
function tellsTheUnit(hall: HallView, { policy }: Regulation, leave: Leave): boolean {
  if (!policy.profile.leave.coverChecked || leave.substitute !== undefined || !isLeaveProper(leave.leave)) return false;
  const staff = hall.configuration?.staff ?? [];
  const own = staff.find(({ id }) => id === leave.person)?.counters ?? [];
  const { from, to } = spanOf(leave);
  return own.some(
    (window) =>
      !staff.some((other) => {
        if (other.id === leave.person || isAwayDuring(hall, other.id, from, to)) return false;
        return [other.counters, other.backup, other.admitted].some((windows) => windows.includes(window));
      }),
  );
}

function overlaps(
  { document, state }: Pick<FiledDocument, "document" | "state">,
  person: StaffId,
  from: HallSeconds,
  to: HallSeconds,
) {
  if (document.kind !== "leave" || document.person !== person || (state !== "waiting" && state !== "holds"))
    return false;
  const other = spanOf(document);
  return other.from < to && from < other.to;
}

/** On a leave that holds, in some of this time. */
export const isAwayDuring = (hall: HallView, person: StaffId, from: HallSeconds, to: HallSeconds): boolean =>
  [...(hall.office?.documents.values() ?? [])].some(
    (filed) => filed.state === "holds" && overlaps(filed, person, from, to),
  );

/**
 * What must be there before the last one signs: the sick note (ATT-14), the unit's opinion (ATT-11, ATT-12), a
 * substitute who can come (ATT-27, ATT-38).
 */
export function approvalFault(
  hall: HallView,
  regulation: Regulation,
  leave: Leave,
  { certificate, unitOpinion }: PapersShown,
): OfficeRefusal | null {
  const { policy } = regulation;
  if (certificateVerdict(policy, { kind: leave.leave, certificate }) === "held")
    return officeRefusal("certificate-missing", "certificate", rulesAt(policy, "leave.certificate"));
  const { from, to } = spanOf(leave);
  const chain = approvalChain(policy, leave.leave, lengthOf(regulation, rosterOf(hall, leave.person), { from, to }));
  if (chain !== null && chain.unit !== null && !unitOpinion)
    return officeRefusal("unit-opinion-missing", "unitOpinion", chain.rules);
  const { substitute, person } = leave;
  const proper = isLeaveProper(leave.leave);
  if (substitute === undefined) {
    const missing = proper && policy.profile.leave.substituteNamed;
    return missing ? officeRefusal("substitute-missing", "substitute", rulesAt(policy, "leave.substituteNamed")) : null;
  }
  if (isAwayDuring(hall, substitute, from, to))
    return officeRefusal("substitute-away", "substitute", rulesAt(policy, "leave.coverChecked"));
  const days = { from: dayOf(from), to: dayOf(to - 1) };
  return coverFault(hall, regulation, { by: substitute, covers: person }, days, "substitute");
}
