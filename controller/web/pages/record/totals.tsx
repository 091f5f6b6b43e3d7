import type { AttendanceRecord } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, type Words } from "../../design/design.ts";
import { RuleIds } from "../office/rule-ids.tsx";

const ACTIONS: Readonly<Record<string, Words>> = {
  interview: { zh: "约谈", en: "Interview" },
  circular: { zh: "通报", en: "Circular" },
  "self-criticism": { zh: "书面检查", en: "Written self-criticism" },
  "notify-unit": { zh: "告知派出单位", en: "The unit is told" },
  "no-award": { zh: "取消评优", en: "No award" },
  "return-to-unit": { zh: "退回派出单位", en: "Returned to the unit" },
  talk: { zh: "谈话提醒", en: "Talk" },
  replace: { zh: "更换人员", en: "Replaced" },
};

/** A regulation converts every period; one in which nothing happened says nothing. */
const hasCome = ({ events, days }: { readonly events: number; readonly days: number }): boolean =>
  events > 0 || days > 0;

/** What the month comes to, and what the regulation makes of it. */
export function Totals({ record: { totals, steps } }: { readonly record: AttendanceRecord }) {
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
          <Bi zh={`${period}：${events} 次折算旷工 ${days} 天`} en={`${events} times count as ${days} days`} />
        </p>
      ))}
      {steps.map(({ on, action, rule, taken }) => (
        <p key={`${on} ${action}`} class="note alarm">
          {on} <Bi {...(ACTIONS[action] ?? { zh: action, en: "" })} />{" "}
          {taken === null ? <Bi zh="待办" en="due" /> : <Bi zh="已办" en="done" />} <RuleIds rules={[rule]} />
        </p>
      ))}
    </section>
  );
}
