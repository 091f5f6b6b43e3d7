import { Bi, type Words } from "./language.tsx";

export interface Column extends Words {
  /** A number that stands at the right. */
  readonly amount?: boolean;
}

/** The head of a table, one language above the other: columns stay narrow. */
export function ColumnHeads({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ zh, en, amount = false }) => (
          <th key={en} scope="col" class={amount ? "amount stacked" : "stacked"}>
            <Bi zh={zh} en={en} />
          </th>
        ))}
      </tr>
    </thead>
  );
}
