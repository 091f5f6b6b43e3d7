import { z } from "zod";

const words = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Bidi_Control}]*$/u, "no control characters");

/** What a person reads, in the hall's two languages. Chinese first, English beside it where it fits. */
export const Bilingual = z.object({ zh: words(64), en: words(96) });
export type Bilingual = z.infer<typeof Bilingual>;

export const bilingual = (zh: string, en: string): Bilingual => ({ zh, en });
