import { z } from "zod";

/** What a person reads, in the hall's two languages. Chinese first, English beside it where it fits. */
export const Bilingual = z.object({ zh: z.string().max(64), en: z.string().max(96) });
export type Bilingual = z.infer<typeof Bilingual>;

export const bilingual = (zh: string, en: string): Bilingual => ({ zh, en });
