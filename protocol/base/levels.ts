import { z } from "zod";

/** The five levels of a rating: 5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意. Source: RAT-01. */
export const Level = z.literal([1, 2, 3, 4, 5]);
export type Level = z.infer<typeof Level>;
