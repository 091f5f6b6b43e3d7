import type { PlateLack, PlateReport } from "../ports/nameplate.ts";
import { columnsOf, rowsOf, type SignLayout } from "./sign-layouts.ts";

const ORDER: readonly PlateLack[] = ["chinese", "english", "columns", "rows", "colour", "glyph", "blank-when-silent"];

export const plateReport = (layout: SignLayout, colours: number, cannot: ReadonlySet<PlateLack>): PlateReport => ({
  columns: columnsOf(layout),
  rows: rowsOf(layout),
  colours,
  cannot: ORDER.filter((lack) => cannot.has(lack)),
});
