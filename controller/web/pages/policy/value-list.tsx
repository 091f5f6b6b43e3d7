import type { ActivePolicy } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi } from "../../design/design.ts";
import { RuleIds } from "../office/rule-ids.tsx";

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
          <thead>
            <tr>
              <th scope="col">
                <Bi zh="名称" en="Name" />
              </th>
              <th scope="col">
                <Bi zh="数值" en="Value" />
              </th>
              <th scope="col">
                <Bi zh="出处" en="Whose word" />
              </th>
            </tr>
          </thead>
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
