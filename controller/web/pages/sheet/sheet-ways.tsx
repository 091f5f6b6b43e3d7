import type { AttendanceSheet } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi } from "../../design/design.ts";
import { Downloads } from "../office/downloads.tsx";

const FORMATS = ["xlsx", "pdf", "csv", "json"] as const;

/** How the sheet leaves the screen: as files, each of which can be derived again from the log. */
export function SheetWays({ sheet, unit }: { readonly sheet: AttendanceSheet; readonly unit: string }) {
  const path = `/api/attendance/sheets/${unit === "" ? sheet.unit : unit}/${sheet.period}`;
  const files = FORMATS.map((format) => ({
    path: `${path}/${format}`,
    words: { zh: `下载 ${format.toUpperCase()}`, en: "" },
  }));
  return (
    <section class="sheet-ways">
      <Downloads files={files} />
      <details>
        <summary>
          <Bi zh="如何核对文件" en="How to verify a file" />
        </summary>
        <pre>hallward attendance verify FILE --data DIR</pre>
        <p class="quiet">
          <Bi
            zh={`屏上所见截至 ${sheet.asOf.replace("T", " ")}，日志位置 ${sheet.position}；每次下载都会记录在案`}
            en={`on screen: log position ${sheet.position}; every download is put on record`}
          />
        </p>
      </details>
    </section>
  );
}
