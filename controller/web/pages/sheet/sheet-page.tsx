import { useState } from "preact/hooks";
import type { AttendanceSheet } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, calendarDay, pageClock, useWords } from "../../design/design.ts";
import { OfficeShell } from "../office/office-shell.tsx";
import { PeriodStep } from "../office/period-step.tsx";
import { WaitingTerminals } from "../office/waiting-terminals.tsx";
import { useAsked } from "../office/use-asked.ts";
import { type Chosen, DayExplained } from "./day-explained.tsx";
import { firstDay, periodOf, type Span, spanOf } from "../office/period.ts";
import { SheetSteps } from "./sheet-steps.tsx";
import { SheetTable } from "./sheet-table.tsx";
import { SheetWays } from "./sheet-ways.tsx";
import { Publications } from "./publications.tsx";

const TITLE = { zh: "考勤表", en: "Sheet" };

function today(): string {
  const { year, month, day } = calendarDay(pageClock.now());
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The sheet as an office hangs it up: people as rows, days as columns. */
export function SheetPage() {
  const [period, setPeriod] = useState(() => new URLSearchParams(location.search).get("period") ?? today().slice(0, 7));
  const asked = useAsked<AttendanceSheet>(`/api/attendance/sheets/all/${encodeURIComponent(period)}`);
  const [unit, setUnit] = useState("");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const sheet = asked.value;
  const choose = (next: string): void => {
    setChosen(null);
    setPeriod(next);
  };
  return (
    <OfficeShell title={TITLE} asked={asked}>
      <div class="sheet-head">
        <PeriodChoice period={period} onChoose={choose} />
        {sheet !== null && <UnitChoice sheet={sheet} unit={unit} onChoose={setUnit} />}
      </div>
      {sheet !== null && <WaitingTerminals terminals={sheet.waitingFor} reportedUntil={sheet.reportedUntil} />}
      {sheet !== null && <SheetTable key={sheet.period} sheet={sheet} unit={unit} onChoose={setChosen} />}
      {chosen !== null && <DayExplained chosen={chosen} onClose={() => setChosen(null)} />}
      {sheet !== null && <SheetSteps sheet={sheet} unit={unit} link={asked.link} />}
      {sheet !== null && <SheetWays sheet={sheet} unit={unit} />}
      <Publications period={period} link={asked.link} />
    </OfficeShell>
  );
}

function PeriodChoice({ period, onChoose }: { readonly period: string; readonly onChoose: (next: string) => void }) {
  const say = useWords();
  const span = spanOf(period);
  const as = (next: Span): void => onChoose(periodOf(next, today().startsWith(period) ? today() : firstDay(period)));
  return (
    <div class="sheet-period">
      <div class="switch" role="group" aria-label={say({ zh: "周或月", en: "Week or month" })}>
        <button type="button" aria-pressed={span === "week"} onClick={() => as("week")}>
          <Bi zh="周" en="Week" />
        </button>
        <button type="button" aria-pressed={span === "month"} onClick={() => as("month")}>
          <Bi zh="月" en="Month" />
        </button>
      </div>
      <PeriodStep period={period} onPeriod={onChoose} />
    </div>
  );
}

interface UnitChoiceProps {
  readonly sheet: AttendanceSheet;
  readonly unit: string;
  readonly onChoose: (unit: string) => void;
}

function UnitChoice({ sheet, unit, onChoose }: UnitChoiceProps) {
  const say = useWords();
  const units = new Map(sheet.rows.map(({ person }) => [person.unit, person.unitName]));
  return (
    <label class="field">
      <span class="unseen">
        <Bi zh="单位" en="Unit" />
      </span>
      <select value={unit} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{say({ zh: "全部单位", en: "All units" })}</option>
        {[...units].map(([id, words]) => (
          <option key={id} value={id}>
            {say(words)}
          </option>
        ))}
      </select>
    </label>
  );
}
