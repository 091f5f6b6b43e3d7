import type { FilingChoices } from "../../../projections/attendance/filing-choices.ts";

export type Named = FilingChoices["people"][number];

/** As it stands in the list of names, and in the field once it was chosen. */
export const labelOf = ({ name, number }: Pick<Named, "name" | "number">): string => `${name} ${number}`.trim();

/** Whom somebody means who typed this: a line of the list, a number, or a name that only one bears. Null: nobody. */
export function personMeant(people: readonly Named[], typed: string): Named | null {
  const text = typed.trim().replaceAll(/\s+/gu, " ");
  if (text === "") return null;
  const exact = people.find((each) => labelOf(each) === text || each.number === text || each.person === text);
  if (exact !== undefined) return exact;
  const [bearer, second] = people.filter(({ name }) => name === text);
  return bearer !== undefined && second === undefined ? bearer : null;
}
