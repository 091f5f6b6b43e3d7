/** The formats of a sheet, and what the web calls them. */
export const SHEET_TYPES = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8",
  json: "application/json",
} as const;

export const SHEET_FORMATS = ["xlsx", "pdf", "csv", "json"] as const;
export type SheetFormat = (typeof SHEET_FORMATS)[number];
