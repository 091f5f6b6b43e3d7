// The looks of a sheet's cells: colours as on the pages, one meaning each.

const FONT = "Microsoft YaHei";
const EDGE = "FF9AA7B6";

const font = (size: number, color: string, bold = false): string =>
  `<font>${bold ? "<b/>" : ""}<sz val="${size}"/><color rgb="FF${color}"/><name val="${FONT}"/></font>`;
const FONTS = [
  font(10, "14202E"),
  font(18, "14202E", true),
  font(10, "14202E", true),
  font(9, "48586B"),
  font(10, "8A4B00", true),
  font(10, "A81E17", true),
  font(10, "573A9E", true),
  font(7, "48586B"),
];

const fill = (color: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="FF${color}"/><bgColor indexed="64"/></patternFill></fill>`;
const FILLS = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  fill("E3EEFA"),
  fill("E6EBF2"),
  fill("FFEFCC"),
  fill("FDE6E3"),
  fill("ECE7F9"),
  fill("F3F5F8"),
];

const side = (name: string): string => `<${name} style="thin"><color rgb="${EDGE}"/></${name}>`;
const FRAME = `<border>${["left", "right", "top", "bottom"].map(side).join("")}<diagonal/></border>`;
const BORDERS = ["<border><left/><right/><top/><bottom/><diagonal/></border>", FRAME];

interface Look {
  readonly font: number;
  readonly fill?: number;
  readonly frame?: boolean;
  readonly align?: "left" | "center";
}

const LOOKS = {
  plain: { font: 0 },
  title: { font: 1, align: "center" },
  info: { font: 0, align: "center" },
  head: { font: 2, fill: 2, frame: true, align: "center" },
  headRest: { font: 3, fill: 3, frame: true, align: "center" },
  name: { font: 2, frame: true, align: "center" },
  session: { font: 3, fill: 7, frame: true, align: "center" },
  cell: { font: 0, frame: true, align: "center" },
  rest: { font: 3, fill: 3, frame: true, align: "center" },
  warn: { font: 4, fill: 4, frame: true, align: "center" },
  bad: { font: 5, fill: 5, frame: true, align: "center" },
  leave: { font: 6, fill: 6, frame: true, align: "center" },
  open: { font: 3, frame: true, align: "center" },
  total: { font: 2, fill: 7, frame: true, align: "center" },
  none: { font: 3, fill: 7, frame: true, align: "center" },
  note: { font: 3, align: "left" },
  wrapped: { font: 3, align: "left" },
  sign: { font: 0, align: "left" },
  stamp: { font: 7, align: "left" },
} as const satisfies Record<string, Look>;

const NAMES = Object.keys(LOOKS) as (keyof typeof LOOKS)[];

/** Numbers of the looks, as cells name them. */
export const STYLE = Object.fromEntries(NAMES.map((name, at) => [name, at])) as {
  readonly [K in keyof typeof LOOKS]: number;
};

function lookXml({ font: letters, fill: ground = 0, frame = false, align = "left" }: Look): string {
  const alignment = `<alignment horizontal="${align}" vertical="center" wrapText="1"/>`;
  const parts = `fontId="${letters}" fillId="${ground}" borderId="${frame ? 1 : 0}"`;
  const applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"';
  return `<xf numFmtId="0" ${parts} xfId="0" ${applied}>${alignment}</xf>`;
}

const listXml = (name: string, items: readonly string[]): string =>
  `<${name} count="${items.length}">${items.join("")}</${name}>`;

export const STYLES_XML = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  listXml("fonts", FONTS),
  listXml("fills", FILLS),
  listXml("borders", BORDERS),
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  listXml(
    "cellXfs",
    NAMES.map((name) => lookXml(LOOKS[name])),
  ),
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  "</styleSheet>",
].join("");
