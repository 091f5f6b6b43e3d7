import type { z } from "zod";
import type { Result } from "../../../protocol/index.ts";
import type { DeskRefusal } from "./desk-refusal.ts";
import type { HallDesk } from "./hall-desk.ts";
import { IDEMPOTENCY_KEY, IDEMPOTENCY_PARAMETER, NOT_READY } from "./idempotency.ts";
import { refusedFor } from "./office-parameters.ts";
import type { ProblemCode } from "./problem.ts";
import { type Asked, JSON_TYPE, type Route, type RouteParameter, route } from "./route.ts";

const FILING: readonly ProblemCode[] = [
  "malformed-request",
  "not-signed-in",
  "not-allowed",
  "attendance-off",
  "document-refused",
  "key-reused",
  "hall-cannot-write",
  "too-busy",
  "not-ready",
];

interface Filing<B> {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly status: 200 | 201;
  readonly body: z.ZodType<B>;
  readonly schema: z.ZodType;
  readonly params?: readonly RouteParameter[];
  readonly problems?: readonly ProblemCode[];
  readonly bodyBytesMax?: number;
  readonly file: (asked: Asked<B>, key: string | null) => Promise<Result<unknown, DeskRefusal>>;
}

/** A route on which something is filed: it is on disk when it is answered. */
export function filing<B>(desk: Pick<HallDesk, "ready">, entry: Filing<B>): Route {
  const { path, operationId, summary, status, body, schema, params = [], problems = [], bodyBytesMax, file } = entry;
  return route<B>({
    method: "POST",
    path: `/api/attendance/${path}`,
    access: "signed-in",
    operationId,
    summary,
    body,
    headers: [IDEMPOTENCY_PARAMETER],
    params,
    answers: [{ status, schema, summary: "It is on disk.", type: JSON_TYPE }],
    problems: [...FILING, ...problems],
    ...(bodyBytesMax !== undefined && { bodyBytesMax }),
    async handle(asked) {
      if (!desk.ready()) return NOT_READY;
      const done = await file(asked, asked.header(IDEMPOTENCY_KEY) ?? null);
      return done.ok ? { status, body: done.value ?? { done: true } } : refusedFor(done.error);
    },
  });
}
