import type { Named } from "./people-named.ts";
import { labelOf } from "./people-named.ts";

/** Names for the browser's own list below a field. */
export function NameList({ id, people }: { readonly id: string; readonly people: readonly Named[] }) {
  return (
    <datalist id={id}>
      {people.map((each) => (
        <option key={each.person} value={labelOf(each)}>
          {each.unitName.zh}
        </option>
      ))}
    </datalist>
  );
}
