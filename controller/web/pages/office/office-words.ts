import type { DocumentPicture } from "../../../projections/attendance/attendance-pictures.ts";
import type { Words } from "../../design/design.ts";
import { LEAVE_WORDS } from "./session-words.ts";

// The office's own words: no code of the hall's is ever shown as it is.

type Kind = DocumentPicture["kind"];
type State = DocumentPicture["state"];
type Decision = DocumentPicture["may"][number];

export const KIND_WORDS: Readonly<Record<Kind, Words>> = {
  leave: { zh: "请假", en: "Leave" },
  permit: { zh: "临时外出", en: "Permit" },
  cover: { zh: "顶岗", en: "Cover" },
  "lunch-duty": { zh: "午间值班", en: "Lunch duty" },
  shifts: { zh: "个人班次", en: "Own shifts" },
  meeting: { zh: "会议培训", en: "Meeting, training" },
  correction: { zh: "补卡", en: "Correction" },
  finding: { zh: "核查结论", en: "Finding" },
  warning: { zh: "警告", en: "Warning" },
  objection: { zh: "异议", en: "Objection" },
  return: { zh: "销假", en: "Return from leave" },
  posting: { zh: "人员调整", en: "Change of posting" },
  step: { zh: "处理措施", en: "Step taken" },
  "out-of-service": { zh: "终端停用", en: "Terminal out of service" },
};

interface Said {
  readonly tone: "good" | "alarm" | "pause" | "off";
  readonly words: Words;
}

const STATES: Readonly<Record<State, Said>> = {
  waiting: { tone: "pause", words: { zh: "待审批", en: "Waiting" } },
  holds: { tone: "good", words: { zh: "有效", en: "Valid" } },
  refused: { tone: "alarm", words: { zh: "未批准", en: "Refused" } },
  cancelled: { tone: "off", words: { zh: "已撤销", en: "Cancelled" } },
  late: { tone: "off", words: { zh: "逾期", en: "Late" } },
};

/** An objection is answered, not approved. */
const OBJECTION_STATES: Readonly<Record<State, Said>> = {
  waiting: { tone: "pause", words: { zh: "待答复", en: "Awaits an answer" } },
  holds: { tone: "good", words: { zh: "异议成立", en: "Upheld" } },
  refused: { tone: "alarm", words: { zh: "异议不成立", en: "Dismissed" } },
  cancelled: { tone: "off", words: { zh: "已撤回", en: "Withdrawn" } },
  late: { tone: "off", words: { zh: "逾期无效异议", en: "Too late to count" } },
};

export const stateWords = ({ kind, state }: Pick<DocumentPicture, "kind" | "state">): Said =>
  (kind === "objection" ? OBJECTION_STATES : STATES)[state];

export const documentWords = ({ kind, request }: Pick<DocumentPicture, "kind" | "request">): Words =>
  request.kind === "leave" ? LEAVE_WORDS[request.leave] : KIND_WORDS[kind];

/** What a button says. Whoever asked for something takes it back; others end it. */
export function decisionWords({
  kind,
  state,
  may,
}: Pick<DocumentPicture, "kind" | "state" | "may">): (decision: Decision) => Words {
  const isAsker = state === "waiting" && !may.includes("approve");
  return (decision) => {
    if (decision === "cancel") return isAsker ? { zh: "撤回", en: "Withdraw" } : { zh: "撤销", en: "Cancel" };
    if (kind === "objection")
      return decision === "approve" ? { zh: "异议成立", en: "Uphold" } : { zh: "异议不成立", en: "Dismiss" };
    return decision === "approve" ? { zh: "同意", en: "Approve" } : { zh: "不同意", en: "Refuse" };
  };
}

/** What was decided, on a signature. */
export function decidedWords(kind: Kind, decision: Decision): Words {
  if (decision === "cancel") return { zh: "已撤销", en: "cancelled" };
  if (kind === "objection")
    return decision === "approve" ? { zh: "异议成立", en: "upheld" } : { zh: "异议不成立", en: "dismissed" };
  return decision === "approve" ? { zh: "同意", en: "approved" } : { zh: "不同意", en: "refused" };
}

/** Offices of the regulations by their ids; the regulation's own Chinese goes before this one. */
const OFFICES: Readonly<Record<string, Words>> = {
  requester: { zh: "本人", en: "the requester" },
  office: { zh: "办公室", en: "the office" },
  manager: { zh: "大厅管理员", en: "the hall's manager" },
  correction: { zh: "考勤更正审批", en: "the approver of corrections" },
  objection: { zh: "异议答复", en: "the one who answers objections" },
  "b-post": { zh: "B岗工作人员", en: "the B post" },
  "business-section": { zh: "业务科", en: "the business section" },
  centre: { zh: "政务服务中心", en: "the centre" },
  "centre-director": { zh: "中心主任", en: "the centre's director" },
  "chief-representative": { zh: "首席代表", en: "the chief representative" },
  "coordination-section": { zh: "协调管理科长", en: "the coordination section" },
  "deputy-director": { zh: "中心副主任", en: "the deputy director" },
  director: { zh: "中心主任", en: "the director" },
  directors: { zh: "中心主任", en: "the directors" },
  "standing-deputy": { zh: "常务副主任", en: "the standing deputy director" },
  "division-leader": { zh: "分管领导", en: "the division's leader" },
  "general-section": { zh: "综合科", en: "the general section" },
  "hall-head": { zh: "大厅负责人", en: "the hall's head" },
  "main-leader": { zh: "党政主要领导", en: "the main leader" },
  "party-office": { zh: "党政办", en: "the party office" },
  "responsible-leader": { zh: "主管领导", en: "the leader responsible" },
  "sending-unit": { zh: "派出部门", en: "the sending unit" },
  "supervision-office": { zh: "监察室", en: "the supervision office" },
  "supervision-section": { zh: "督查科", en: "the supervision section" },
  "unit-leader": { zh: "单位领导", en: "the unit's leader" },
};

/** `zh`: as the hall's regulation calls it, where that is at hand. An office of the hall's own may have no English. */
export function officeWords({ role, zh }: { readonly role: string; readonly zh?: string | undefined }): Words {
  const known = OFFICES[role];
  return { zh: zh ?? known?.zh ?? "经办人", en: known?.en ?? "" };
}

/** Several offices, in the order in which they sign. */
export function officesWords(offices: readonly { readonly role: string; readonly zh: string }[]): Words {
  const all = offices.map(officeWords);
  const en = all.map((words) => words.en).filter((each) => each !== "");
  return { zh: all.map(({ zh }) => zh).join(" → "), en: en.join(", then ") };
}

/** Who wrote a sick note: what the regulations ask for, the lowest first. */
export const CERTIFICATES: readonly (readonly [value: string, words: Words])[] = [
  ["clinic", { zh: "诊所", en: "Clinic" }],
  ["township-hospital", { zh: "乡镇卫生院", en: "Township hospital" }],
  ["hospital", { zh: "医院", en: "Hospital" }],
  ["county-hospital", { zh: "县级医院", en: "County hospital" }],
  ["city-hospital", { zh: "市级医院", en: "City hospital" }],
  ["provincial-hospital", { zh: "省级医院", en: "Provincial hospital" }],
  ["national-hospital", { zh: "国家级医院", en: "National hospital" }],
];
