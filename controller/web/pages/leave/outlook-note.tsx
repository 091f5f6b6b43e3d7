import type { FilingOutlook } from "../../../projections/attendance/filing-choices.ts";
import { Bi } from "../../design/design.ts";
import { officesWords } from "../office/office-words.ts";
import { RuleIds } from "../office/rule-ids.tsx";
import { daysEn } from "../office/days-en.ts";

type Window = FilingOutlook["windows"][number];

/** Before it is sent: who must sign, how long it is, and whether a window is left without anybody. */
export function OutlookNote({ outlook }: { readonly outlook: FilingOutlook | null }) {
  return (
    <div class="outlook wide" role="status">
      {outlook !== null && (
        <>
          <p>
            {outlook.days !== null && <Bi zh={`${outlook.days} 个工作日。`} en={`${daysEn(outlook.days)} of work.`} />}{" "}
            <Due {...outlook} /> <RuleIds rules={outlook.rules} />
          </p>
          {outlook.hindrance !== null && (
            <p>
              <Bi zh="批准前还需：" en="Before it is approved:" /> <Bi {...outlook.hindrance.text} />{" "}
              <RuleIds rules={outlook.hindrance.rules} />
            </p>
          )}
          {outlook.substituteFirst.length > 0 && (
            <p>
              <Bi
                zh="代岗人员到岗刷卡后方可离岗，否则按旷工计。"
                en="Leave only once the substitute has badged in, or it counts as absence."
              />{" "}
              <RuleIds rules={outlook.substituteFirst} />
            </p>
          )}
          {outlook.windows.map((window) => (
            <WindowLeft key={window.counter} {...window} />
          ))}
        </>
      )}
    </div>
  );
}

function Due({ due }: Pick<FilingOutlook, "due">) {
  if (due.length === 0) return <Bi zh="提交即生效。" en="It holds when it is filed." />;
  const { zh, en } = officesWords(due);
  if (zh.endsWith("审批") || zh.endsWith("答复")) return <Bi zh={`待${zh}。`} en={`Waits for ${en}.`} />;
  return <Bi zh={`由${zh}审批。`} en={`To be signed by ${en}.`} />;
}

function WindowLeft({ counter, by, away }: Window) {
  const names = by.join("、");
  const absent = away.length === 0 ? "" : `（${away.join("、")} 届时请假）`;
  return (
    <p class={by.length === 0 ? "note alarm" : ""}>
      {by.length === 0 ? (
        <Bi zh={`${counter}号窗口届时无人顶岗${absent}`} en={`Nobody is left for window ${counter}`} />
      ) : (
        <Bi zh={`${counter}号窗口可由 ${names} 顶岗${absent}`} en={`${names} can stand in at window ${counter}`} />
      )}
    </p>
  );
}
