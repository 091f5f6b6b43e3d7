import { type Bilingual, bilingual } from "../../../protocol/index.ts";

/** Why the office does not take a document or a decision. The codes are stable. */
export const OFFICE_REFUSALS = {
  "attendance-off": bilingual("本大厅未启用考勤", "This hall keeps no attendance"),
  "unknown-document": bilingual("没有此文件", "No such document"),
  "unknown-publication": bilingual("没有此公示", "No such publication"),
  "unknown-person": bilingual("查无此人", "No such person"),
  "unknown-terminal": bilingual("没有此终端", "No such terminal"),
  "unknown-window": bilingual("没有此窗口", "No such window"),
  "unknown-evidence": bilingual("附件不在档案库中", "That paper is not in the vault"),
  "papers-unfiled": bilingual("您有过多附件未随文件提交", "Too many of your papers are named by no document"),
  "paper-in-use": bilingual("相关文件尚未办结", "A document that rests on it is not decided yet"),
  "date-invalid": bilingual("日期不存在", "The calendar has no such day"),
  "moment-invalid": bilingual("时间不存在", "There is no such moment"),
  "leave-reversed": bilingual("结束时间早于开始时间", "It ends before it starts"),
  "leave-overlaps": bilingual("与另一请假重叠", "It overlaps another leave"),
  "leave-empty": bilingual("期间没有工作时间", "No working time lies in it"),
  "leave-too-long": bilingual("请假期限过长", "It is longer than may be asked for"),
  "shift-reversed": bilingual("班次结束早于开始", "A shift ends before it starts"),
  "shifts-overlap": bilingual("班次重叠", "Shifts overlap"),
  "leave-begun": bilingual("请假已开始，由办公室撤销", "It has begun: the office takes it back"),
  "no-session": bilingual("当日没有该时段", "That day has no such session"),
  "objection-open": bilingual("该时段已有异议待答复", "An objection to it waits already"),
  "waiting-full": bilingual("您有过多事项待办结", "Too many of your documents wait for an answer"),
  "not-in-advance": bilingual("须事前请假", "It had to be asked for beforehand"),
  "certificate-missing": bilingual("缺少规定的医院证明", "The hospital's paper is missing"),
  "unit-opinion-missing": bilingual("缺少单位意见", "The sending unit's written opinion is missing"),
  "substitute-missing": bilingual("未确定代岗人员", "No substitute is named"),
  "paper-missing": bilingual("须附书面意见", "It must come in writing, with its paper"),
  "destination-missing": bilingual("须说明去向", "It must say where they go"),
  "people-missing": bilingual("须报告外出人数", "It must say how many go"),
  "substitute-self": bilingual("不能由本人代岗", "Nobody stands in for themselves"),
  "substitute-away": bilingual("代岗人员届时不在岗", "The substitute is away then"),
  "cover-limit": bilingual("超过代岗期限", "Beyond the limit of standing in"),
  "own-request": bilingual("不能审批本人提出的事项", "Nobody signs what they asked for"),
  "own-benefit": bilingual("不能审批与本人有关的事项", "Nobody signs what they gain by"),
  "not-an-approver": bilingual("您不是该事项的审批人", "That is not yours to sign"),
  "principal-present": bilingual("负责人在岗，须由本人签字", "Who holds the office is here and signs it themselves"),
  "absence-unstated": bilingual("代签须注明负责人外出", "Signing for somebody away, one says where they are"),
  "not-in-turn": bilingual("尚未轮到您审批", "Others sign before you"),
  twice: bilingual("您已签署", "You have signed already"),
  "not-yours": bilingual("您无权办理此项", "That is not yours to file"),
  "not-waiting": bilingual("此文件已办结", "It is decided already"),
  "not-over": bilingual("期间尚未结束", "The period is not over"),
  "not-reported": bilingual("尚有终端未上报", "Not every terminal has reported"),
  "not-settled": bilingual("考勤尚未结算", "Attendance is still being derived"),
  locked: bilingual("公示已锁定，更正计入下期", "Locked: what is new goes into the next period"),
  unchanged: bilingual("与已公示版本一致", "It would say the same again"),
  "not-published": bilingual("该日未在此公示中", "That day is not in the publication"),
  "in-future": bilingual("时间尚未到来", "That is still to come"),
  "documents-full": bilingual("文件数量已达上限", "Too many documents are kept"),
} as const satisfies Record<string, Bilingual>;
export type OfficeRefusalCode = keyof typeof OFFICE_REFUSALS;

export const isOfficeRefusal = (code: string): code is OfficeRefusalCode => Object.hasOwn(OFFICE_REFUSALS, code);

export interface OfficeRefusal {
  readonly code: OfficeRefusalCode;
  /** "leave.to: why (rules)". */
  readonly detail: string;
  /** Where in the document it lies: "to", "persons[3]"; "" for the whole of it. */
  readonly place: string;
  readonly rules: readonly string[];
}

export function officeRefusal(code: OfficeRefusalCode, place = "", rules: readonly string[] = []): OfficeRefusal {
  const { zh, en } = OFFICE_REFUSALS[code];
  const ids = [...new Set(rules)];
  const by = ids.length === 0 ? "" : ` (${ids.join(", ")})`;
  return { code, detail: `${place === "" ? "" : `${place}: `}${zh} ${en}${by}`, place, rules: ids };
}
