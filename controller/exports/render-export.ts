import { readLogKey } from "../adapters/authority/log-seal.ts";
import { openLogReader } from "../adapters/store/sqlite-log-reader.ts";
import type { ExportOrder } from "./export-order.ts";
import { exportPerson } from "./person-export.ts";
import { deriveSheet } from "./sheet-document.ts";
import { renderSheet } from "./verify-sheet.ts";

/** The file, byte for byte what `attendance export` writes at that position. HallErrors as there. */
export async function renderExport(order: ExportOrder): Promise<Buffer> {
  const reader = openLogReader(order.directory);
  try {
    if (order.kind === "person") {
      return Buffer.from(exportPerson(reader, order, readLogKey(order.directory)), "utf8");
    }
    return await renderSheet(deriveSheet(reader, order), order.format);
  } finally {
    reader.close();
  }
}
