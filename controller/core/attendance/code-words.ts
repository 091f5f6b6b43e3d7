import type { Bilingual } from "../../../protocol/index.ts";

// What a published code says to people.

const STATES: Readonly<Record<string, Bilingual>> = {
  a: { zh: "出勤", en: "attended" },
  x: { zh: "旷工", en: "absent" },
  l: { zh: "请假", en: "on leave" },
  b: { zh: "公出", en: "on business" },
  t: { zh: "培训会议", en: "training" },
  "-": { zh: "休息", en: "rest" },
  n: { zh: "未到时间", en: "not begun" },
  p: { zh: "尚未结算", en: "not settled" },
  u: { zh: "未启用", en: "not yet in use" },
};

const NOTES: Readonly<Record<string, Bilingual>> = {
  L: { zh: "迟到", en: "late" },
  E: { zh: "早退", en: "early" },
  S: { zh: "轻微迟到", en: "slightly late" },
  "?": { zh: "待确认", en: "to be confirmed" },
};

const NOTHING: Bilingual = { zh: "无记录", en: "no entry" };

/** "aLE" is 迟到、早退: that somebody was there goes without saying. An empty code: nobody was posted. */
export function codeWords(code: string): Bilingual {
  const [state = "", ...letters] = code;
  const notes = letters.flatMap((letter) => NOTES[letter] ?? []);
  const known = STATES[state] ?? NOTHING;
  const all = state === "a" && notes.length > 0 ? notes : [known, ...notes];
  return { zh: all.map(({ zh }) => zh).join("、"), en: all.map(({ en }) => en).join(", ") };
}
