import { z } from "zod";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { ProblemCode } from "./problem.ts";
import type { Answer, RouteParameter } from "./route.ts";

// What the routes of the office have in common.

const Period = z.string().regex(/^\d{4}-(?:W\d{2}|\d{2})$/u, "2025-03 or 2025-W10");
const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/u, "lower-case letters, digits and '-'");

export const PERIOD: RouteParameter = { name: "period", schema: Period, summary: "A month, or an ISO week." };
export const UNIT: RouteParameter = { name: "unit", schema: Slug, summary: "A unit's id, or `all`." };
export const PERSON: RouteParameter = { name: "person", schema: Slug, summary: "A staff id, or `me`." };

/** How a look at what is on file can end. */
export const READING: readonly ProblemCode[] = [
  "malformed-request",
  "not-signed-in",
  "not-allowed",
  "attendance-off",
  "not-ready",
];

export const refusedFor = ({ code, ...parts }: DeskRefusal): Answer => ({ refused: code, ...parts });
