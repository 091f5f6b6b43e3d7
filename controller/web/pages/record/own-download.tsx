import type { AttendanceRecord } from "../../../projections/attendance/attendance-pictures.ts";
import { Downloads } from "../office/downloads.tsx";

/** The period as a file that anybody can check without the hall. */
export function OwnDownload({ record, own }: { readonly record: AttendanceRecord; readonly own: boolean }) {
  const whose = own ? "me" : encodeURIComponent(record.person.person);
  const words = own
    ? { zh: "下载我的月度考勤", en: "Download my month" }
    : { zh: "下载其月度考勤", en: "Download this month" };
  return <Downloads files={[{ path: `/api/attendance/records/${whose}/${record.period}/export`, words }]} />;
}
