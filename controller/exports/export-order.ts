import { z } from "zod";
import { SHEET_FORMATS } from "./sheet-formats.ts";

const scope = {
  /** The hall's data directory. */
  directory: z.string(),
  period: z.string(),
  /** As the log stood there. */
  position: z.int().positive(),
};

/** What the render thread is to draw: it reads the log itself. */
export const ExportOrder = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sheet"), unit: z.string(), format: z.enum(SHEET_FORMATS), ...scope }),
  z.strictObject({ kind: z.literal("person"), person: z.string(), ...scope }),
]);
export type ExportOrder = z.infer<typeof ExportOrder>;

/** What the render thread answers: the file, or the code and words of the HallError that stood against it. */
export const ThreadAnswer = z.discriminatedUnion("type", [
  z.object({ type: z.literal("rendered"), bytes: z.instanceof(Uint8Array) }),
  z.object({ type: z.literal("refused"), code: z.string(), message: z.string() }),
]);
export type ThreadAnswer = z.infer<typeof ThreadAnswer>;
