import type { AttendanceSheet } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, type Words } from "../../design/design.ts";
import { spanWords } from "./span-words.ts";

type Waiting = AttendanceSheet["waitingFor"];

const WHY: Readonly<Record<Waiting[number]["why"], Words>> = {
  lost: { zh: "失联", en: "lost" },
  behind: { zh: "尚有未上报的打卡", en: "has taps to report" },
  silent: { zh: "系统启动后尚未报齐", en: "not yet since the start" },
};

interface WaitingTerminalsProps {
  readonly terminals: Waiting;
  /** Up to there all of them had reported, before a restart too. Null: never. */
  readonly reportedUntil?: string | null;
}

/** Terminals whose word is missing, and why: until it comes nobody is absent. */
export function WaitingTerminals({ terminals, reportedUntil = null }: WaitingTerminalsProps) {
  if (terminals.length === 0) return null;
  return (
    <div class="note waiting-terminals" role="status">
      <strong>
        <Bi zh="尚待终端上报，未到之前不判缺勤" en="Waiting for terminals; until then nobody is absent" />
      </strong>
      {reportedUntil !== null && (
        <p class="quiet">
          <Bi zh={`此前已报齐至 ${spanWords(reportedUntil)}`} en="reported up to then" />
        </p>
      )}
      <ul>
        {terminals.map(({ terminal, why }) => (
          <li key={terminal} class="chip pause">
            {terminal} <Bi {...WHY[why]} />
          </li>
        ))}
      </ul>
    </div>
  );
}
