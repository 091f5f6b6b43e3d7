import type { ActivePolicy } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, type Column, ColumnHeads } from "../../design/design.ts";
import { RuleIds } from "../office/rule-ids.tsx";

const COLUMNS: readonly Column[] = [
  { zh: "名称", en: "Name" },
  { zh: "数值", en: "Value" },
  { zh: "出处", en: "Whose word" },
];

const said = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Every value the engine reckons with, and whose word it is. */
export function ValueList({ values }: Pick<ActivePolicy, "values">) {
  return (
    <details class="policy-values">
      <summary>
        <Bi zh={`计算用的数值 ${values.length}`} en={`${values.length} values reckoned with`} />
      </summary>
      <div class="table-frame">
        <table class="table">
          <ColumnHeads columns={COLUMNS} />
          <tbody>
            {values.map(({ path, value, origin, rules }) => (
              <tr key={path}>
                <th scope="row">{path}</th>
                <td>{said(value)}</td>
                <td>
                  {origin} <RuleIds rules={rules} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
