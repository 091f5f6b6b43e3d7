import { LEAVE_WORDS } from "../office/session-words.ts";
import type { Words } from "../../design/design.ts";

export interface FormField {
  readonly name: string;
  readonly words: Words;
  readonly type: "text" | "date" | "datetime-local" | "people" | "choice";
  readonly choices?: readonly (readonly [value: string, words: Words])[];
  readonly optional?: true;
}

export interface OfficeForm {
  readonly kind: string;
  readonly words: Words;
  /** Staff file these for themselves; the others are for those who answer for people. */
  readonly own: boolean;
  readonly fields: readonly FormField[];
}

const PERSON: FormField = { name: "person", words: { zh: "人员编号", en: "Person" }, type: "text" };
const FROM: FormField = { name: "from", words: { zh: "自", en: "From" }, type: "datetime-local" };
const TO: FormField = { name: "to", words: { zh: "至", en: "To" }, type: "datetime-local" };
const REASON: FormField = { name: "reason", words: { zh: "事由", en: "Reason" }, type: "text" };
const optional = (name: string, zh: string, en: string): FormField => ({
  name,
  words: { zh, en },
  type: "text",
  optional: true,
});
const choice = (name: string, words: Words, choices: NonNullable<FormField["choices"]>): FormField => ({
  name,
  words,
  type: "choice",
  choices,
});

/** What may be filed here, and with which fields: the request bodies of the hall. */
export const FORMS: readonly OfficeForm[] = [
  {
    kind: "leave",
    words: { zh: "请假", en: "Leave" },
    own: true,
    fields: [
      PERSON,
      choice(
        "leave",
        { zh: "假别", en: "Kind" },
        Object.entries(LEAVE_WORDS).filter(([kind]) => kind !== "oral"),
      ),
      FROM,
      TO,
      REASON,
      optional("substitute", "代岗人编号", "Who stands in"),
      optional("certificate", "证明出具单位", "Certificate by"),
      optional("destination", "去向", "Destination"),
    ],
  },
  {
    kind: "correction",
    words: { zh: "补卡", en: "Correction" },
    own: true,
    fields: [
      PERSON,
      { name: "at", words: { zh: "时刻", en: "Moment" }, type: "datetime-local" },
      choice("direction", { zh: "方向", en: "Direction" }, [
        ["in", { zh: "到", en: "in" }],
        ["out", { zh: "离", en: "out" }],
        ["leave-post", { zh: "离岗", en: "leave post" }],
        ["return", { zh: "返岗", en: "return" }],
      ]),
      choice("why", { zh: "原因", en: "Why" }, [
        ["forgotten", { zh: "忘记打卡", en: "forgotten" }],
        ["reader-fault", { zh: "设备故障", en: "reader fault" }],
        ["badge-lost", { zh: "卡片遗失", en: "badge lost" }],
        ["on-business", { zh: "公出", en: "on business" }],
        ["other", { zh: "其他", en: "other" }],
      ]),
      REASON,
    ],
  },
  {
    kind: "cover",
    words: { zh: "顶岗", en: "Cover" },
    own: false,
    fields: [
      PERSON,
      { name: "covers", words: { zh: "被顶岗人编号", en: "Stands in for" }, type: "text" },
      { ...FROM, type: "date" },
      { ...TO, type: "date" },
      optional("counter", "窗口", "Counter"),
      REASON,
    ],
  },
  {
    kind: "permit",
    words: { zh: "临时外出", en: "Permit" },
    own: false,
    fields: [
      PERSON,
      choice("purpose", { zh: "用途", en: "Purpose" }, [
        ["personal", { zh: "私事", en: "personal" }],
        ["business", { zh: "公事", en: "business" }],
        ["site-visit", { zh: "现场勘查", en: "site visit" }],
      ]),
      FROM,
      TO,
      optional("destination", "去向", "Destination"),
      REASON,
    ],
  },
  {
    kind: "lunch-duty",
    words: { zh: "午间值班", en: "Lunch duty" },
    own: false,
    fields: [PERSON, { name: "date", words: { zh: "日期", en: "Date" }, type: "date" }, REASON],
  },
  {
    kind: "meeting",
    words: { zh: "会议培训", en: "Meeting, training" },
    own: false,
    fields: [
      choice("what", { zh: "类别", en: "What" }, [
        ["meeting", { zh: "会议", en: "meeting" }],
        ["training", { zh: "培训", en: "training" }],
      ]),
      { name: "title", words: { zh: "名称", en: "Title" }, type: "text" },
      { name: "persons", words: { zh: "人员编号，以逗号分隔", en: "People" }, type: "people" },
      FROM,
      TO,
      REASON,
    ],
  },
];

/** The body of the request; what was left empty is left out. */
export function bodyOf({ kind, fields }: OfficeForm, filled: (name: string) => string): Record<string, unknown> {
  const said = fields.flatMap(({ name, type }): [string, unknown][] => {
    const text = filled(name).trim();
    if (text === "") return [];
    return [[name, type === "people" ? text.split(/[\s,，、;；]+/u).filter((id) => id !== "") : text]];
  });
  return { kind, ...Object.fromEntries(said) };
}
