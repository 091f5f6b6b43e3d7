import type { DocumentOf } from "../../../core/office/document-request.ts";
import type { StepAction } from "../../../core/policy/profile.ts";
import type { Words } from "../../design/design.ts";

/** What a rung of a regulation's ladder asks for. */
const ACTIONS: Readonly<Record<StepAction, Words>> = {
  interview: { zh: "约谈", en: "Interview" },
  circular: { zh: "通报", en: "Circular" },
  "self-criticism": { zh: "书面检查", en: "Written self-criticism" },
  "notify-unit": { zh: "告知派出单位", en: "The unit is told" },
  "no-award": { zh: "取消评优", en: "No award" },
  "return-to-unit": { zh: "退回派出单位", en: "Returned to the unit" },
  talk: { zh: "谈话提醒", en: "Talk" },
  replace: { zh: "更换人员", en: "Replaced" },
};

export const STEP_ACTIONS = Object.entries(ACTIONS);

/** What may change about somebody's posting. */
const CHANGES: Readonly<Record<DocumentOf<"posting">["change"], Words>> = {
  transfer: { zh: "调动", en: "Transferred" },
  replacement: { zh: "更换", en: "Replaced by another" },
  "temporary-relief": { zh: "临时顶替", en: "Relieved for a time" },
  reward: { zh: "奖励", en: "Rewarded" },
  punishment: { zh: "处分", en: "Punished" },
};

export const POSTING_CHANGES = Object.entries(CHANGES);
export const changeWords = (change: keyof typeof CHANGES): Words => CHANGES[change];

/** "alert": the rung was reached without the warning that it asks for. */
const ALERT: Words = { zh: "已达次数，但此前没有书面警告", en: "Reached, without the warning it asks for" };

export const actionWords = (action: string): Words => (ACTIONS as Readonly<Record<string, Words>>)[action] ?? ALERT;
