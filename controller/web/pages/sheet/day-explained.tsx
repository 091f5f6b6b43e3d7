import type { AttendanceSheet } from "../../../projections/attendance/attendance-pictures.ts";
import { markOf } from "../../../core/attendance/cell-marks.ts";
import { Bi } from "../../design/design.ts";
import { RuleIds } from "../office/rule-ids.tsx";
import { spanWords } from "../office/span-words.ts";
import { LEAVE_WORDS, SESSION_WORDS } from "../office/session-words.ts";

export interface Chosen {
  readonly row: AttendanceSheet["rows"][number];
  readonly date: string;
  /** Leave for what of that day is not over. */
  readonly planned: AttendanceSheet["planned"];
}

interface DayExplainedProps {
  readonly chosen: Chosen;
  readonly onClose: () => void;
}

/** Why a day is marked as it is: in, out, and the rules behind it. */
export function DayExplained({ chosen: { row, date, planned }, onClose }: DayExplainedProps) {
  return (
    <aside class="card sheet-explained" aria-label={`${row.person.name} ${date}`}>
      <header>
        <h2>
          {row.person.name} <small>{date}</small>
        </h2>
        <button type="button" class="button" onClick={onClose}>
          <Bi zh="关闭" en="Close" />
        </button>
      </header>
      {row.cells
        .filter((cell) => cell.date === date)
        .map((cell) => (
          <p key={cell.session} class="sheet-session">
            <Bi {...SESSION_WORDS[cell.session]} />
            <strong>{markOf(cell)?.zh ?? "—"}</strong>
            {cell.leaveKind !== null && <Bi {...LEAVE_WORDS[cell.leaveKind]} />}
            <span>
              <Bi zh="到" en="in" /> {cell.in ?? "—"}
            </span>
            <span>
              <Bi zh="离" en="out" /> {cell.out ?? "—"}
            </span>
            <RuleIds rules={cell.rules} />
          </p>
        ))}
      {planned.map(({ session, leaveKind, from, to, approved }) => (
        <p key={session} class="sheet-session">
          <Bi {...SESSION_WORDS[session]} />
          <Bi {...LEAVE_WORDS[leaveKind]} />
          <span>{spanWords(from, to)}</span>
          <span class={approved ? "chip good" : "chip pause"}>
            {approved ? <Bi zh="已批准" en="Approved" /> : <Bi zh="待审批" en="Waiting" />}
          </span>
        </p>
      ))}
      <p>
        <a href={`/record?${new URLSearchParams({ person: row.person.person, period: date.slice(0, 7), date })}`}>
          <Bi zh="每次打卡" en="Every tap" />
        </a>
      </p>
    </aside>
  );
}
