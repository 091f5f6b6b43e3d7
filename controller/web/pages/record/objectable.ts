import type { AttendanceRecord, DayPicture } from "../../../projections/attendance/attendance-pictures.ts";

type Publication = AttendanceRecord["publications"][number];

/** The newest published sheet that holds `day`; null while none does. */
export function publishedWith(publications: readonly Publication[], day: Pick<DayPicture, "date">): Publication | null {
  const holding = publications.filter(({ from, to, what }) => what !== "absence" && from <= day.date && day.date <= to);
  return holding.toSorted((a, b) => b.publishedAtMs - a.publishedAtMs)[0] ?? null;
}
