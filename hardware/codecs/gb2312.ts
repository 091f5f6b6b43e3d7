// GB 2312-80, the character set of the fonts in Chinese LED cards. The table is made from the platform's GBK decoder,
// which knows more: GBK's own additions within the area of GB 2312 are left out, for a font ROM has nothing there.

const LEAD_FIRST = 0xa1;
const LEAD_LAST = 0xf7;
const TRAIL_FIRST = 0xa1;
const TRAIL_LAST = 0xfe;
/** Code points GBK added in rows that GB 2312 had left empty there. */
const ADDED_BY_GBK: readonly (readonly [number, number])[] = [
  [0xa2a1, 0xa2aa],
  [0xa2e3, 0xa2e3],
  [0xa6d9, 0xa6f5],
  [0xa8bb, 0xa8c0],
];

export interface Gb2312Text {
  readonly bytes: Uint8Array;
  /** The characters that the set does not have, once each, in the order they came. The substitute stands for them. */
  readonly outside: readonly string[];
}

/** Stands for what the set does not have: 口-like, so that a gap is seen and no other name is read. */
export const GB2312_SUBSTITUTE = "□";

let table: ReadonlyMap<string, number> | null = null;

/** Built when first asked for: 7,445 characters, some 20 ms on a small board. */
export function gb2312Table(): ReadonlyMap<string, number> {
  table ??= buildTable();
  return table;
}

function buildTable(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder("gbk");
  const codes = new Map<string, number>();
  for (let lead = LEAD_FIRST; lead <= LEAD_LAST; lead += 1) {
    for (let trail = TRAIL_FIRST; trail <= TRAIL_LAST; trail += 1) {
      const code = lead * 256 + trail;
      if (ADDED_BY_GBK.some(([first, last]) => code >= first && code <= last)) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (isAssigned(character)) codes.set(character, code);
    }
  }
  return codes;
}

/** Not a replacement character, and none of the private ones GBK gives to what nobody assigned. */
const isAssigned = (character: string): boolean =>
  Array.from(character).length === 1 && character !== "\ufffd" && !/\p{Co}/u.test(character);

/** Whether the font ROM of a GB 2312 card can draw it. */
export const isGb2312 = (character: string): boolean => isPlain(character) || gb2312Table().has(character);

const isPlain = (character: string): boolean => character >= " " && character <= "~";

/** Encodes `text`; what the set does not have becomes GB2312_SUBSTITUTE, and control characters nothing. */
export function encodeGb2312(text: string): Gb2312Text {
  const bytes: number[] = [];
  const outside = new Set<string>();
  for (const character of text) {
    if (isPlain(character)) bytes.push(character.charCodeAt(0));
    else if (!/\p{Cc}/u.test(character)) {
      const code = gb2312Table().get(character);
      if (code === undefined) outside.add(character);
      bytes.push(...bytesOf(code ?? substituteCode()));
    }
  }
  return { bytes: Uint8Array.from(bytes), outside: [...outside] };
}

const substituteCode = (): number => gb2312Table().get(GB2312_SUBSTITUTE) ?? 0xa1f5;
const bytesOf = (code: number): readonly [number, number] => [code >>> 8, code & 0xff];
