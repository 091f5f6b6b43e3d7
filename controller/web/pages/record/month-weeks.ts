import { weekdayOf } from "../office/period.ts";

/** Days in weeks from Monday to Sunday; null where a week begins before the month or ends after it. */
export function weeksOf<Day extends { readonly date: string }>(days: readonly Day[]): (Day | null)[][] {
  const [first] = days;
  if (first === undefined) return [];
  const ahead = (weekdayOf(first.date) + 6) % 7;
  const places: (Day | null)[] = [...Array.from({ length: ahead }, () => null), ...days];
  const weeks: (Day | null)[][] = [];
  for (let at = 0; at < places.length; at += 7) {
    const week = places.slice(at, at + 7);
    weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => null)]);
  }
  return weeks;
}
