import type { AttendanceSheet } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, type Words } from "../../design/design.ts";

type Waiting = AttendanceSheet["waitingFor"];

const WHY: Readonly<Record<Waiting[number]["why"], Words>> = {
  lost: { zh: "失联", en: "lost" },
  behind: { zh: "尚有未上报的打卡", en: "has taps to report" },
  silent: { zh: "从未上报", en: "never heard" },
};

/** Terminals whose word is missing, and why: until it comes nobody is absent. */
export function WaitingTerminals({ terminals }: { readonly terminals: Waiting }) {
  if (terminals.length === 0) return null;
  return (
    <div class="note waiting-terminals" role="status">
      <strong>
        <Bi zh="尚待终端上报，未到之前不判缺勤" en="Waiting for terminals; until then nobody is absent" />
      </strong>
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
