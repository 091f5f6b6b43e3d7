import type { Result } from "../../protocol/base/result.ts";
import type { Glyph } from "../codecs/bitmap.ts";

/** A font of dots for what a sign cannot draw by itself. */
export interface GlyphSource {
  /**
   * The glyphs of these characters; one that the font does not have is missing from the answer. Never rejects:
   * "absent" when there is no font, "failed" when it cannot be read. Asked again, it looks again.
   */
  find(characters: ReadonlySet<string>): Promise<Result<ReadonlyMap<string, Glyph>, "absent" | "failed">>;
}
