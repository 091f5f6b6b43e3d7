import type { CounterId, StaffId } from "../../../protocol/index.ts";
import { dateOf, dayNumber, dayOf } from "../../core/attendance/hall-time.ts";
import type { DocumentOf } from "../../core/office/document-request.ts";
import { spanOf } from "../../core/office/leave-filing.ts";
import type { FiledDocument } from "../../core/office/office-state.ts";
import type { DaySpan } from "../../core/office/periods-named.ts";
import type { AttendanceLedger } from "./attendance-ledger.ts";

/** What somebody who stood in was found to have done: it counts against the window, and not against its own people. */
export interface WindowMark {
  readonly counter: CounterId;
  readonly person: StaffId;
  readonly date: string;
  readonly finding: DocumentOf<"finding">["finding"];
}

/** ATT-39: 临时上岗人员出现违纪违规现象或工作失误的,将扣除窗口的考核分. Null where the text does not say so. */
export function windowMarks(ledger: AttendanceLedger, { from, to }: DaySpan): WindowMark[] | null {
  if (ledger.rulesOn(to)?.policy.profile.leave.substituteErrorsHitWindow !== true) return null;
  const everything = new Set(ledger.people().flatMap(({ documents }) => documents));
  const filed = [...everything].filter(({ state }) => state === "holds");
  const marks = filed.flatMap(({ document }) => {
    if (document.kind !== "finding") return [];
    const { date, finding, persons } = document;
    const day = dayNumber(date) ?? 0;
    if (day < from || day > to) return [];
    return persons.flatMap((person) =>
      windowsStoodInAt(ledger, filed, person, date).map((counter) => ({ counter, person, date, finding })),
    );
  });
  return marks.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ counter, date, person }: WindowMark): string => [counter, date, person].join(" ");

/** Where somebody stood in on that day: for whoever was on leave, or by a cover that was filed. */
function windowsStoodInAt(
  { configuration }: AttendanceLedger,
  filed: readonly FiledDocument[],
  person: StaffId,
  date: string,
): CounterId[] {
  const ownOf = (id: StaffId): readonly CounterId[] =>
    configuration?.staff.find((one) => one.id === id)?.counters ?? [];
  const windows = filed.flatMap(({ document }) => {
    if (document.kind === "cover" && document.person === person && document.from <= date && date <= document.to)
      return document.counter === undefined ? ownOf(document.covers) : [document.counter];
    if (document.kind !== "leave" || document.substitute !== person) return [];
    const { from, to } = spanOf(document);
    return dateOf(dayOf(from)) <= date && date <= dateOf(dayOf(to - 1)) ? ownOf(document.person) : [];
  });
  return [...new Set(windows)];
}
