/** What file systems refuse in names, and what would end the header. */
const UNFIT = /[\p{Cc}"*/:<>?\\|]/gu;

export interface FileName {
  /** As people read it, in any script. */
  readonly name: string;
  /** ASCII, for programs that read no other. */
  readonly plain: string;
}

/** A file to be saved under its name (RFC 6266, the name in UTF-8 by RFC 8187). */
export function attachment({ name, plain }: FileName): { readonly "content-disposition": string } {
  const extended = encodeURIComponent(name.replaceAll(UNFIT, "_").toWellFormed()).replaceAll(
    /['()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return { "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${extended}` };
}
