import { dateOf, type HallSeconds, momentOf } from "../../core/attendance/hall-time.ts";
import type { SessionVerdict } from "../../core/attendance/verdict.ts";
import type { AttendanceLedger } from "./attendance-ledger.ts";
import type { AttendanceSheet } from "./attendance-pictures.ts";
import type { LedgerMember } from "./ledger-member.ts";

type Planned = AttendanceSheet["planned"][number];

/** Leave that is on file for sessions which are not over yet: no verdict, for nobody can say yet how they end. */
export function plannedLeave(
  ledger: AttendanceLedger,
  member: LedgerMember,
  sessions: readonly SessionVerdict[],
  asOf: HallSeconds,
): Planned[] {
  const leaves = member.facts().leave.filter(({ state, kind }) => state !== "rejected" && kind !== "oral");
  if (leaves.length === 0) return [];
  return sessions.flatMap(({ day, session, state }): Planned[] => {
    if (state !== "not-due" && state !== "pending") return [];
    const slot = ledger.slotsOf(member, day).find(({ name, to }) => name === session && to > asOf);
    const leave = slot === undefined ? undefined : leaves.find(({ from, to }) => from < slot.to && to > slot.from);
    if (leave === undefined) return [];
    const { kind, from, to } = leave;
    const span = { from: momentOf(from), to: momentOf(to) };
    return [
      { person: member.id, date: dateOf(day), session, leaveKind: kind, ...span, approved: leave.state === "approved" },
    ];
  });
}
