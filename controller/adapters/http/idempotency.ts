import { z } from "zod";
import type { Answer, RouteParameter } from "./route.ts";

export const IDEMPOTENCY_KEY = "idempotency-key";

export const IDEMPOTENCY_PARAMETER: RouteParameter = {
  name: IDEMPOTENCY_KEY,
  schema: z.string().regex(/^[\x21-\x7e]{1,128}$/u, "1 to 128 visible ASCII characters"),
  summary: "The same key with the same body gives the same answer, however often it is sent.",
};

export const NOT_READY: Answer = {
  refused: "not-ready",
  detail: "The hall is being recovered; ask again in a moment.",
};
