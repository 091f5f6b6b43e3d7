import { useState } from "preact/hooks";
import type { DeskPicture } from "../../../projections/desk-picture.ts";
import { useWords, type Words } from "../../design/design.ts";
import type { Question, ReasonedAction } from "./clerk-wish.ts";
import { windowName } from "./desk-words.ts";
import { Choices, Select } from "./dialog-frame.tsx";

interface Texts {
  readonly title: Words;
  readonly confirm: Words;
}

const REASONED: { readonly [K in ReasonedAction]: Texts } = {
  "call-ticket": { title: { zh: "提前呼叫", en: "Call out of order" }, confirm: { zh: "呼叫", en: "Call" } },
  decline: { title: { zh: "婉拒办理", en: "Decline" }, confirm: { zh: "婉拒", en: "Decline" } },
  cancel: { title: { zh: "作废号票", en: "Cancel the ticket" }, confirm: { zh: "作废", en: "Cancel it" } },
};

const REASON_LISTS: { readonly [K in ReasonedAction]: keyof DeskPicture["reasons"] } = {
  "call-ticket": "outOfOrder",
  decline: "decline",
  cancel: "cancel",
};

export function textsOf(question: Question): Texts {
  switch (question.kind) {
    case "transfer": {
      const { number } = question;
      return { title: { zh: `转移 ${number}`, en: `Transfer ${number}` }, confirm: { zh: "转移", en: "Transfer" } };
    }
    case "pause":
      return { title: { zh: "暂停服务", en: "Pause" }, confirm: { zh: "暂停", en: "Pause" } };
    case "late-ticket":
      return { title: { zh: "延时取号", en: "Late ticket" }, confirm: { zh: "取号", en: "Issue" } };
    case "reason": {
      const { title, confirm } = REASONED[question.action];
      return { title: { zh: `${title.zh} ${question.number}`, en: `${title.en}: ${question.number}` }, confirm };
    }
    default:
      return question satisfies never;
  }
}

/** The fields of one dialog; `wishOf` reads them. */
export function FieldsOf({ question, desk }: { readonly question: Question; readonly desk: DeskPicture }) {
  const say = useWords();
  const services = desk.services.map(({ service, name }) => ({ id: service, text: say(name) }));
  switch (question.kind) {
    case "transfer":
      return <TransferFields desk={desk} services={services} />;
    case "pause":
      return <PauseFields desk={desk} />;
    case "late-ticket":
      return (
        <>
          <Select label={{ zh: "业务", en: "Service" }} name="service" options={services} say={say} />
          <Choices legend={REASON} name="reason" options={desk.reasons.late} />
        </>
      );
    case "reason":
      return <Choices legend={REASON} name="reason" options={desk.reasons[REASON_LISTS[question.action]]} />;
    default:
      return question satisfies never;
  }
}

const REASON: Words = { zh: "原因（记入日志）", en: "Reason (goes on record)" };

const TARGETS = [
  { id: "service", text: { zh: "业务", en: "Service" } },
  { id: "counter", text: { zh: "窗口", en: "Window" } },
  { id: "staff", text: { zh: "人员", en: "Person" } },
] as const;

interface TransferFieldsProps {
  readonly desk: DeskPicture;
  readonly services: readonly { readonly id: string; readonly text: string }[];
}

function TransferFields({ desk, services }: TransferFieldsProps) {
  const say = useWords();
  const [to, setTo] = useState("service");
  const counters = desk.counters
    .filter(({ counter }) => counter !== desk.counter)
    .map(({ counter, title, person }) => ({
      id: counter,
      text: [say(windowName(counter)), say(title), person].filter((part) => part !== null).join(" · "),
    }));
  const people = desk.staff
    .filter(({ staff }) => staff !== desk.person?.staffId)
    .map(({ staff, name, counter }) => ({
      id: staff,
      text: counter === null ? name : `${name} · ${say(windowName(counter))}`,
    }));
  const leg = (
    <Select
      label={{ zh: "下一步办理的业务", en: "Service there" }}
      name="leg-service"
      options={services}
      none={say({ zh: "与现在相同", en: "Same as now" })}
      say={say}
    />
  );
  return (
    <>
      <Choices legend={{ zh: "转给", en: "To" }} name="to" options={TARGETS} chosen="service" onChoose={setTo} />
      {to === "service" && (
        <Select key="service" label={{ zh: "业务", en: "Service" }} name="service" options={services} say={say} />
      )}
      {to === "counter" && (
        <Select key="counter" label={{ zh: "窗口", en: "Window" }} name="counter" options={counters} say={say} />
      )}
      {to === "staff" && (
        <Select key="staff" label={{ zh: "人员", en: "Person" }} name="staff" options={people} say={say} />
      )}
      {to !== "service" && leg}
    </>
  );
}

/** Minutes a clerk may promise. Product default (GAP-01). */
const PROMISES = [5, 10, 15, 30, 60] as const;

function PauseFields({ desk }: { readonly desk: DeskPicture }) {
  const promises = PROMISES.map((minutes) => ({
    id: String(minutes),
    text: { zh: `${minutes} 分钟`, en: `${minutes} min` },
  }));
  const open = { id: "0", text: { zh: "不定", en: "Not known" } };
  return (
    <>
      <Choices legend={{ zh: "原因", en: "Reason" }} name="reason" options={desk.pauseReasons} />
      <Choices legend={{ zh: "预计时间", en: "Expected" }} name="minutes" options={[open, ...promises]} chosen="0" />
    </>
  );
}
