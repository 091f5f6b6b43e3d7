import { z } from "zod";
import { type Bilingual, bilingual, PAUSE_WORDS_MAX } from "../../../protocol/index.ts";
import { Reason, type ReasonId } from "../reasons.ts";

const PAUSE_REASONS_MAX = 8;

const fits = ({ zh, en }: Bilingual): boolean => zh.length <= PAUSE_WORDS_MAX.zh && en.length <= PAUSE_WORDS_MAX.en;

const preset = (id: ReasonId, zh: string, en: string): Reason => ({ id, text: bilingual(zh, en) });

/**
 * What the nameplate says of a pause, in the order in which the pause key goes through them (QUE-07, IDN-19). The rule
 * asks for a reason, not for these: the list is a product default.
 */
export const PauseReasons = z
  .array(Reason.refine(({ text }) => fits(text), "a few words: at most 12 Chinese letters, 24 English"))
  .min(1)
  .max(PAUSE_REASONS_MAX)
  .refine((reasons) => new Set(reasons.map(({ id }) => id)).size === reasons.length, "every reason once")
  .default([
    preset("short-break", "暂离", "Short break"),
    preset("papers", "取资料", "Fetching papers"),
    preset("meeting", "会议", "Meeting"),
    preset("fault", "设备故障", "Equipment fault"),
  ]);
