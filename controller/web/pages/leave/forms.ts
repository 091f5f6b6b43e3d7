import type { Words } from "../../design/design.ts";
import { POSTING_CHANGES, STEP_ACTIONS } from "../office/action-words.ts";
import { CERTIFICATES, type KIND_WORDS } from "../office/office-words.ts";
import { LEAVE_WORDS } from "../office/session-words.ts";

export type Choices = readonly (readonly [value: string, words: Words])[];

export interface FormField {
  readonly name: string;
  readonly words: Words;
  /** `paper`: a file that goes to the vault first; its digest is what the form sends. */
  readonly type:
    | "text"
    | "long"
    | "date"
    | "datetime-local"
    | "person"
    | "people"
    | "choice"
    | "counter"
    | "terminal"
    | "shifts"
    | "taps"
    | "count"
    | "paper"
    | "yes";
  readonly choices?: Choices;
  readonly optional?: true;
  readonly hint?: Words;
  /** What stands there at first. */
  readonly preset?: "next-from" | "next-to" | "today";
}

export interface OfficeForm {
  readonly kind: keyof typeof KIND_WORDS;
  readonly fields: readonly FormField[];
}

const PERSON: FormField = { name: "person", words: { zh: "人员", en: "Person" }, type: "person" };
const FROM: FormField = {
  name: "from",
  words: { zh: "自", en: "From" },
  type: "datetime-local",
  preset: "next-from",
};
const TO: FormField = { name: "to", words: { zh: "至", en: "To" }, type: "datetime-local", preset: "next-to" };
const DAY_FROM: FormField = { ...FROM, type: "date", preset: "today" };
const DAY_TO: FormField = { ...TO, type: "date", preset: "today" };
const REASON: FormField = {
  name: "reason",
  words: { zh: "事由", en: "Reason" },
  type: "long",
  hint: { zh: "长期存档，请勿写病情等隐私", en: "Kept for ever: nothing private" },
};
const SUBSTITUTE: FormField = {
  name: "substitute",
  words: { zh: "代岗人", en: "Who stands in" },
  type: "person",
  optional: true,
};
const EVIDENCE: FormField = {
  name: "evidence",
  words: { zh: "证明材料", en: "Paper" },
  type: "paper",
  optional: true,
  hint: { zh: "照片或PDF，不超过1兆字节", en: "A photo or a PDF, at most 1 MiB" },
};
const DESTINATION: FormField = {
  name: "destination",
  words: { zh: "去向", en: "Destination" },
  type: "text",
  optional: true,
};
const choice = (name: string, words: Words, choices: Choices): FormField => ({ name, words, type: "choice", choices });

const LEAVE: readonly FormField[] = [
  PERSON,
  choice(
    "leave",
    { zh: "假别", en: "Kind" },
    Object.entries(LEAVE_WORDS).filter(([kind]) => kind !== "oral"),
  ),
  FROM,
  TO,
  SUBSTITUTE,
  DESTINATION,
  {
    ...choice("certificate", { zh: "病假证明出具单位", en: "Sick note by" }, CERTIFICATES),
    optional: true,
  },
  EVIDENCE,
  REASON,
  {
    name: "special",
    words: { zh: "特殊情况，事后补办", en: "Special: asked for after it began" },
    type: "yes",
    optional: true,
  },
];

const CORRECTION: readonly FormField[] = [
  PERSON,
  { name: "at", words: { zh: "时刻", en: "Moment" }, type: "datetime-local" },
  choice("direction", { zh: "方向", en: "Direction" }, [
    ["in", { zh: "签到", en: "In" }],
    ["out", { zh: "签退", en: "Out" }],
    ["leave-post", { zh: "离岗", en: "Left the post" }],
    ["return", { zh: "返岗", en: "Back at the post" }],
  ]),
  choice("why", { zh: "原因", en: "Why" }, [
    ["forgotten", { zh: "忘记打卡", en: "Forgotten" }],
    ["reader-fault", { zh: "设备故障", en: "Reader fault" }],
    ["badge-lost", { zh: "卡片遗失", en: "Badge lost" }],
    ["on-business", { zh: "公出", en: "On business" }],
    ["other", { zh: "其他", en: "Other" }],
  ]),
  EVIDENCE,
  REASON,
];

const COVER: readonly FormField[] = [
  { ...PERSON, words: { zh: "顶岗人", en: "Who stands in" } },
  { name: "covers", words: { zh: "被顶岗人", en: "Stands in for" }, type: "person" },
  DAY_FROM,
  DAY_TO,
  { name: "counter", words: { zh: "窗口", en: "Window" }, type: "counter", optional: true },
  REASON,
];

const PERMIT: readonly FormField[] = [
  PERSON,
  choice("purpose", { zh: "用途", en: "Purpose" }, [
    ["personal", { zh: "私事", en: "Personal" }],
    ["business", { zh: "公事", en: "Business" }],
    ["site-visit", { zh: "现场勘查", en: "Site visit" }],
  ]),
  FROM,
  TO,
  DESTINATION,
  { name: "people", words: { zh: "人数", en: "How many go" }, type: "count", optional: true },
  SUBSTITUTE,
  REASON,
];

const MEETING: readonly FormField[] = [
  choice("what", { zh: "类别", en: "What" }, [
    ["meeting", { zh: "会议", en: "Meeting" }],
    ["training", { zh: "培训", en: "Training" }],
  ]),
  { name: "title", words: { zh: "名称", en: "Title" }, type: "text" },
  { name: "persons", words: { zh: "参加人员", en: "People" }, type: "people" },
  FROM,
  TO,
  REASON,
];

const DATE: FormField = { name: "date", words: { zh: "日期", en: "Date" }, type: "date", preset: "today" };

/** Only this turns a suspicion into a verdict. */
const FINDING: readonly FormField[] = [
  choice("finding", { zh: "查明", en: "Found" }, [
    ["proxy", { zh: "代打卡", en: "Proxy tapping" }],
    ["left-post", { zh: "擅自离岗", en: "Left the post" }],
    ["error", { zh: "差错或推诿", en: "An error, or shirking" }],
  ]),
  DATE,
  choice("session", { zh: "时段", en: "Session" }, [
    ["am", { zh: "上午", en: "Morning" }],
    ["pm", { zh: "下午", en: "Afternoon" }],
    ["day", { zh: "全天", en: "Whole day" }],
  ]),
  { name: "persons", words: { zh: "涉及人员", en: "People" }, type: "people" },
  {
    name: "void",
    words: { zh: "作废的打卡", en: "Taps that count for nobody" },
    type: "taps",
    optional: true,
    hint: { zh: "时刻须与记录一致，到秒", en: "To the second, as the record has it" },
  },
  EVIDENCE,
  REASON,
];

/** A person's own hours of one day: a change of shift, or two of them where people swap. */
const SHIFTS: readonly FormField[] = [
  PERSON,
  DATE,
  {
    name: "shifts",
    words: { zh: "班次", en: "Shifts" },
    type: "shifts",
    hint: {
      zh: "只改这一天；两人换班各填一份",
      en: "For this day alone; where two people swap, one for each",
    },
  },
  REASON,
];

/** A rung of the regulation's ladder was carried out. */
const STEP: readonly FormField[] = [
  PERSON,
  choice("action", { zh: "措施", en: "Step" }, STEP_ACTIONS),
  {
    ...DATE,
    name: "on",
    words: { zh: "触发日期", en: "Reached on" },
    hint: { zh: "达到规定次数的那一天", en: "The day on which the count was reached" },
  },
  EVIDENCE,
  REASON,
];

const POSTING: readonly FormField[] = [
  PERSON,
  choice("change", { zh: "事项", en: "Change" }, POSTING_CHANGES),
  { ...DAY_FROM, words: { zh: "生效日期", en: "Holds from" } },
  EVIDENCE,
  REASON,
];

const OUT_OF_SERVICE: readonly FormField[] = [
  {
    name: "terminal",
    words: { zh: "终端", en: "Terminal" },
    type: "terminal",
    hint: { zh: "由您负责：不再等待它上报", en: "You answer for it: nobody waits for its report" },
  },
  FROM,
  { name: "to", words: TO.words, type: "datetime-local", optional: true },
  REASON,
];

/** What may be filed here, and with which fields: the request bodies of the hall. Who may is the hall's word. */
export const FORMS: readonly OfficeForm[] = [
  { kind: "leave", fields: LEAVE },
  { kind: "correction", fields: CORRECTION },
  { kind: "cover", fields: COVER },
  { kind: "permit", fields: PERMIT },
  { kind: "lunch-duty", fields: [PERSON, DATE, REASON] },
  { kind: "shifts", fields: SHIFTS },
  { kind: "meeting", fields: MEETING },
  { kind: "finding", fields: FINDING },
  { kind: "warning", fields: [PERSON, DATE, REASON] },
  { kind: "posting", fields: POSTING },
  { kind: "step", fields: STEP },
  { kind: "out-of-service", fields: OUT_OF_SERVICE },
];

/** 销假, for one of these leaves. */
export const returnForm = (leaves: Choices): OfficeForm => ({
  kind: "return",
  fields: [
    choice("leave", { zh: "请假单", en: "Leave" }, leaves),
    { name: "at", words: { zh: "返岗时刻", en: "Back since" }, type: "datetime-local" },
    REASON,
  ],
});

function sentOf(type: FormField["type"], text: string): unknown {
  switch (type) {
    case "people":
      return text.split(" ");
    case "shifts":
    case "taps":
      return JSON.parse(text);
    case "count":
      return Number(text);
    case "yes":
      return true;
    default:
      return text;
  }
}

/** The body of the request from what stands in the fields; what was left empty is left out. */
export function bodyOf({ kind, fields }: OfficeForm, filled: (name: string) => string): Record<string, unknown> {
  const said = fields.flatMap(({ name, type }): [string, unknown][] => {
    const text = filled(name).trim();
    if (text === "") return [];
    return [[name, sentOf(type, text)]];
  });
  return { kind, ...Object.fromEntries(said) };
}
