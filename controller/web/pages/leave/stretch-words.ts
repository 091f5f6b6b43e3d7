import type { CoverList } from "../../../projections/attendance/attendance-pictures.ts";
import type { Words } from "../../design/design.ts";
import { daysEn } from "../office/days-en.ts";

/**
 * ATT-56, AMB-33: a stretch is counted in working days, a day with half a day of it being one; the year is a sum in
 * which half a day is 0.5. Both are said as what they are.
 */
export function stretchWords({ run, year }: Pick<CoverList["stretches"][number], "run" | "year">): Words {
  const [stretch, sum] = [`${run} working ${run === 1 ? "day" : "days"} in a row`, `${daysEn(year)} this year`];
  return {
    zh: `连续 ${run} 个工作日（半天也计一日），本年累计 ${year} 天（半天计 0.5 天）`,
    en: `${stretch} (half a day counts as one), ${sum} (half a day counts 0.5)`,
  };
}
