import type { PaperType } from "../adapters/http/paper-desk.ts";

const SIGNATURES: { readonly [K in PaperType]: readonly number[] } = {
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
};

/** What a paper is, by its first bytes; null when it is none that the vault takes. */
export function paperTypeOf(bytes: Uint8Array): PaperType | null {
  for (const [type, signature] of Object.entries(SIGNATURES) as [PaperType, readonly number[]][]) {
    if (signature.every((byte, at) => bytes[at] === byte)) return type;
  }
  return null;
}

export const ENDINGS: { readonly [K in PaperType]: string } = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "application/pdf": "pdf",
};
