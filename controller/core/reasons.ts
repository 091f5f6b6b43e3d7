import { z } from "zod";
import { Bilingual, bilingual } from "../../protocol/index.ts";

/** A configured reason: a word, never free text, so that no citizen's affairs can get into the log. */
export const ReasonId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/u, "lower-case letters, digits and '-'");
export type ReasonId = z.infer<typeof ReasonId>;

export const Reason = z.strictObject({ id: ReasonId, text: Bilingual });
export type Reason = z.infer<typeof Reason>;

const REASONS_MAX = 12;

const reasonsOr = (preset: readonly Reason[]) =>
  z
    .array(Reason)
    .min(1)
    .max(REASONS_MAX)
    .default([...preset]);

const reason = (id: string, zh: string, en: string): Reason => ({ id, text: bilingual(zh, en) });

const OTHER = reason("other", "其他", "Other");

/** What clerks choose from. Product defaults: the rules ask for a filed reason (HRS-19, QUE-04), not for these. */
export const ReasonsConfiguration = z.strictObject({
  /** HRS-19: declining extended service is explained to the citizen and filed. */
  decline: reasonsOr([
    reason("materials-incomplete", "材料不齐，已一次性告知", "Papers missing, citizen told"),
    reason("system-closed", "业务系统已关闭", "Back-office system closed"),
    reason("citizen-agreed", "群众同意改日办理", "Citizen agreed to come back"),
    OTHER,
  ]),
  /** QUE-04: nobody jumps the queue without a reason on record. */
  outOfOrder: reasonsOr([
    reason("special-needs", "特殊需要帮助", "Needs help"),
    reason("urgent", "急事急办", "Urgent matter"),
    reason("correction", "补正材料", "Brought missing papers"),
    OTHER,
  ]),
  cancel: reasonsOr([
    reason("left", "群众已离开", "Citizen left"),
    reason("wrong-service", "取错号", "Wrong service chosen"),
    reason("print-fault", "号票未打印", "Ticket not printed"),
    OTHER,
  ]),
  /** AMB-28: citizens after closing are taken by staff. */
  late: reasonsOr([
    reason("came-from-afar", "路途较远", "Came from afar"),
    reason("urgent", "急事急办", "Urgent matter"),
    OTHER,
  ]),
});
export type ReasonKind = keyof z.infer<typeof ReasonsConfiguration>;
