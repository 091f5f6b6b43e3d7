// What every workbook of ours is made of, besides its cells (ECMA-376).

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats";
const SHEET_TYPE = `${TYPE}-officedocument.spreadsheetml`;

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const part = (name: string, type: string): string => `<Override PartName="${name}" ContentType="${type}+xml"/>`;

export const CONTENT_TYPES = [
  `${XML}<Types xmlns="${PACKAGE}/content-types">`,
  `<Default Extension="rels" ContentType="${TYPE}-package.relationships+xml"/>`,
  '<Default Extension="xml" ContentType="application/xml"/>',
  part("/xl/workbook.xml", `${SHEET_TYPE}.sheet.main`),
  part("/xl/worksheets/sheet1.xml", `${SHEET_TYPE}.worksheet`),
  part("/xl/styles.xml", `${SHEET_TYPE}.styles`),
  part("/docProps/core.xml", `${TYPE}-package.core-properties`),
  "</Types>",
].join("");

const relations = (...entries: readonly (readonly [type: string, target: string])[]): string => {
  const lines = entries.map(([type, to], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${to}"/>`);
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${lines.join("")}</Relationships>`;
};

export const ROOT_RELATIONS = relations(
  [`${RELATION}/officeDocument`, "xl/workbook.xml"],
  [`${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"],
);
export const WORKBOOK_RELATIONS = relations(
  [`${RELATION}/worksheet`, "worksheets/sheet1.xml"],
  [`${RELATION}/styles`, "styles.xml"],
);

const NAME = "考勤表";

/** The header rows stand on every printed page. */
export const workbookPart = (headerRows: number, lastColumn: string): string =>
  [
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATION}">`,
    `<sheets><sheet name="${NAME}" sheetId="1" r:id="rId1"/></sheets><definedNames>`,
    `<definedName name="_xlnm.Print_Area" localSheetId="0">${NAME}!$A:$${lastColumn}</definedName>`,
    `<definedName name="_xlnm.Print_Titles" localSheetId="0">${NAME}!$1:$${headerRows}</definedName>`,
    "</definedNames></workbook>",
  ].join("");

export const corePart = (title: string, marker: string): string =>
  [
    `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties"`,
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<dc:title>${escaped(title)}</dc:title><dc:identifier>${marker}</dc:identifier></cp:coreProperties>`,
  ].join("");

export interface WorksheetParts {
  readonly columns: string;
  /** Cells left of and above it stay where they are. */
  readonly corner: string;
  readonly frozen: readonly [columns: number, rows: number];
  readonly area: string;
  readonly rows: string;
  readonly merges: string;
  readonly mergeCount: number;
  /** Rows after which a printed page ends. */
  readonly breaks: readonly number[];
}

/** A4, landscape, as wide as the page, as many pages as it takes. */
export const worksheetPart = (parts: WorksheetParts): string => {
  const { columns, corner, frozen, area, rows, merges, mergeCount, breaks } = parts;
  return [
    `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="${area}"/>`,
    '<sheetViews><sheetView showGridLines="0" workbookViewId="0">',
    `<pane xSplit="${frozen[0]}" ySplit="${frozen[1]}" topLeftCell="${corner}"`,
    ' activePane="bottomRight" state="frozen"/></sheetView></sheetViews>',
    `<sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>${rows}</sheetData>`,
    `<mergeCells count="${mergeCount}">${merges}</mergeCells><printOptions horizontalCentered="1"/>`,
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    "<headerFooter><oddFooter>&amp;C第 &amp;P 页　共 &amp;N 页</oddFooter></headerFooter>",
    breaksXml(breaks),
    "</worksheet>",
  ].join("");
};

function breaksXml(breaks: readonly number[]): string {
  if (breaks.length === 0) return "";
  const entries = breaks.map((row) => `<brk id="${row}" max="16383" man="1"/>`).join("");
  return `<rowBreaks count="${breaks.length}" manualBreakCount="${breaks.length}">${entries}</rowBreaks>`;
}
