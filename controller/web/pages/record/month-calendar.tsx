import type { DayPicture } from "../../../projections/attendance/attendance-pictures.ts";
import { ColumnHeads, useWords } from "../../design/design.ts";
import { SESSION_WORDS } from "../office/session-words.ts";
import { weeksOf } from "./month-weeks.ts";
import { findingsOf, markOfSession } from "./session-mark.ts";

const WEEKDAYS = [
  { zh: "一", en: "Mo" },
  { zh: "二", en: "Tu" },
  { zh: "三", en: "We" },
  { zh: "四", en: "Th" },
  { zh: "五", en: "Fr" },
  { zh: "六", en: "Sa" },
  { zh: "日", en: "Su" },
] as const;

interface MonthCalendarProps {
  readonly days: readonly DayPicture[];
  readonly chosen: string | null;
  readonly onChoose: (date: string) => void;
}

/** A month as a calendar: each half day with its mark; a day opens its timeline. */
export function MonthCalendar({ days, chosen, onChoose }: MonthCalendarProps) {
  return (
    <table class="month">
      <ColumnHeads columns={WEEKDAYS} />
      <tbody>
        {weeksOf(days).map((week, at) => (
          <tr key={week.find((day) => day !== null)?.date ?? at}>
            {week.map((day, place) => (
              <td key={day?.date ?? place}>
                {day !== null && <DayCell day={day} isChosen={day.date === chosen} onChoose={onChoose} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayCellProps {
  readonly day: DayPicture;
  readonly isChosen: boolean;
  readonly onChoose: (date: string) => void;
}

function DayCell({ day, isChosen, onChoose }: DayCellProps) {
  const say = useWords();
  const said = day.sessions.map((session) =>
    [SESSION_WORDS[session.session], ...findingsOf(session)].map(say).join(" "),
  );
  return (
    <button
      type="button"
      class={day.workday ? "month-day" : "month-day rest"}
      aria-pressed={isChosen}
      onClick={() => onChoose(day.date)}
    >
      <span class="unseen">{[day.date, ...said].join(", ")}</span>
      <span class="month-date" aria-hidden="true">
        {Number(day.date.slice(8))}
      </span>
      {day.sessions.map((session) => {
        const mark = markOfSession(session);
        return (
          <span key={session.session} class={`cell-mark ${mark?.tone ?? "rest"}`} aria-hidden="true">
            {mark?.zh ?? ""}
          </span>
        );
      })}
    </button>
  );
}
