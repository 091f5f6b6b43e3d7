import { useState } from "preact/hooks";
import type { AttendanceRecord } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, calendarDay, pageClock, usePerson } from "../../design/design.ts";
import { OfficeShell } from "../office/office-shell.tsx";
import { mayTakeSteps } from "../office/step-line.tsx";
import { PeriodStep } from "../office/period-step.tsx";
import { useAsked } from "../office/use-asked.ts";
import { DayTimeline } from "./day-timeline.tsx";
import { MonthCalendar } from "./month-calendar.tsx";
import { Asking } from "./asking.tsx";
import { OwnDownload } from "./own-download.tsx";
import { Papers } from "./papers.tsx";
import { Totals } from "./totals.tsx";

const OWN = { zh: "我的考勤", en: "My record" };
const OTHERS = { zh: "个人考勤", en: "Record of a person" };
const two = (count: number): string => String(count).padStart(2, "0");

function thisMonth(): string {
  const { year, month } = calendarDay(pageClock.now());
  return `${year}-${two(Number(month))}`;
}

/** One person's month: every half day with its verdict, rules and taps, and what can be said against it. */
export function RecordPage() {
  const asked = new URLSearchParams(location.search);
  const person = asked.get("person") ?? "me";
  const [period, setPeriod] = useState(() => asked.get("period") ?? thisMonth());
  const [date, setDate] = useState(() => asked.get("date"));
  const path = `/api/attendance/records/${encodeURIComponent(person)}/${encodeURIComponent(period)}`;
  const answer = useAsked<AttendanceRecord>(path);
  const reader = usePerson(answer.link);
  const record = answer.value;
  const day = record?.days.find((each) => each.date === date) ?? null;
  return (
    <OfficeShell title={person === "me" ? OWN : OTHERS} asked={answer}>
      <div class="record">
        <Head record={record} period={period} onPeriod={setPeriod} />
        {record !== null && <MonthCalendar days={record.days} chosen={date} onChoose={setDate} />}
        {day !== null && <DayTimeline day={day} />}
        {record !== null && <Totals record={record} mayTake={mayTakeSteps(reader)} />}
        {record !== null && <OwnDownload record={record} own={person === "me"} />}
        {record !== null && <Asking record={record} day={day} onDone={answer.again} />}
        {record !== null && <Papers documents={record.documents} onDone={answer.again} />}
      </div>
    </OfficeShell>
  );
}

interface HeadProps {
  readonly record: AttendanceRecord | null;
  readonly period: string;
  readonly onPeriod: (period: string) => void;
}

function Head({ record, period, onPeriod }: HeadProps) {
  return (
    <div class="record-head">
      <PeriodStep period={period} onPeriod={onPeriod} />
      {record !== null && (
        <p>
          <strong>{record.person.name}</strong> {record.person.number} · <Bi {...record.person.post} /> ·{" "}
          <Bi {...record.person.unitName} />
        </p>
      )}
      {record !== null && (
        <p class="quiet">
          <Bi
            zh={`截至 ${record.asOf.replace("T", " ").slice(0, 16)}，据日志第 ${record.position} 条`}
            en={`as of log position ${record.position}`}
          />
        </p>
      )}
    </div>
  );
}
