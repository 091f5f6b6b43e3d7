import type { AttendanceSheet } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi } from "../../design/design.ts";

/** How the sheet leaves the screen: the command that writes it, from the position of the log that is shown. */
export function SheetWays({ sheet, unit }: { readonly sheet: AttendanceSheet; readonly unit: string }) {
  const among = unit === "" ? sheet.unit : unit;
  const scope = `--unit ${among} --period ${sheet.period} --at ${sheet.position}`;
  return (
    <details class="sheet-ways">
      <summary>
        <Bi zh="导出 XLSX、PDF、CSV、JSON" en="Export" />
      </summary>
      <pre>{`hallward attendance export --data DIR ${scope} --format xlsx --out sheet.xlsx`}</pre>
      <p class="quiet">
        <Bi zh={`截至 ${sheet.asOf.replace("T", " ")}，日志位置 ${sheet.position}`} en="log position" />
      </p>
    </details>
  );
}
