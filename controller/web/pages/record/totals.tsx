import type { AttendanceRecord } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, type Words } from "../../design/design.ts";
import { periodWords } from "../../../core/office/period-words.ts";
import { daysEn } from "../office/days-en.ts";
import { StepLine } from "../office/step-line.tsx";

/** A regulation converts every period; one in which nothing happened says nothing. */
const hasCome = ({ events, days }: { readonly events: number; readonly days: number }): boolean =>
  events > 0 || days > 0;

interface TotalsProps {
  readonly record: AttendanceRecord;
  /** Whoever reads it may file that a step was taken. */
  readonly mayTake: boolean;
}

/** What the month comes to, and what the regulation makes of it. */
export function Totals({ record: { totals, steps }, mayTake }: TotalsProps) {
  const figures: readonly (readonly [Words, number])[] = [
    [{ zh: "应出勤半天", en: "Half days due" }, totals.sessionsDue],
    [{ zh: "实出勤", en: "Attended" }, totals.sessionsAttended],
    [{ zh: "迟到", en: "Late" }, totals.late],
    [{ zh: "早退", en: "Early" }, totals.early],
    [{ zh: "旷工天数", en: "Days absent" }, totals.absenceDays],
  ];
  return (
    <section aria-labelledby="totals-title">
      <h2 id="totals-title">
        <Bi zh="本月合计" en="The month" />
      </h2>
      <dl class="record-totals">
        {figures.map(([words, count]) => (
          <div key={words.en}>
            <dt class="stacked">
              <Bi {...words} />
            </dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {totals.conversions.filter(hasCome).map(({ period, events, days }) => (
        <p key={period}>
          <Bi {...conversionWords(period, events, days)} />
        </p>
      ))}
      {steps.map((step) => (
        <StepLine key={`${step.on} ${step.action}`} step={step} mayTake={mayTake} />
      ))}
    </section>
  );
}

/** So many times late or early made so many days of absence (ATT-16). */
function conversionWords(period: string, events: number, days: number): Words {
  const { zh, en } = periodWords(period);
  return {
    zh: `${zh}：${events} 次折算旷工 ${days} 天`,
    en: `${en}: ${events} times count as ${daysEn(days)} of absence`,
  };
}
