import type { ServerResponse } from "node:http";
import type { z } from "zod";
import type { ProblemCode, ProblemReason } from "./problem.ts";

/** A request, as far as handlers see it. The body fits the route's schema. */
export interface Asked<B> {
  readonly body: B;
  /** Whether the connection comes from this machine itself. */
  readonly local: boolean;
  readonly header: (name: string) => string | undefined;
  /** A part of the path that the route names in braces; it fits its schema. */
  readonly param: (name: string) => string;
}

export type Answer =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | {
      readonly text: string | Buffer;
      readonly type: string;
      readonly cacheable?: boolean;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly refused: ProblemCode; readonly detail: string; readonly reason?: ProblemReason | undefined }
  /** The handler writes the response itself, for as long as it likes. The security headers are set already. */
  | { readonly stream: (response: ServerResponse) => void };

export interface RouteAnswer {
  readonly status: number;
  readonly summary: string;
  readonly type: string;
  /** Of a JSON answer. */
  readonly schema?: z.ZodType;
}

export interface RouteParameter {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly summary: string;
}

/** A route, complete: it is served, validated, described in OpenAPI and answered with 405 from this alone. */
export interface Route<B = unknown> {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly body?: z.ZodType<B>;
  readonly headers?: readonly RouteParameter[];
  /** One for each part of the path in braces. */
  readonly params?: readonly RouteParameter[];
  readonly answers: readonly RouteAnswer[];
  readonly problems: readonly ProblemCode[];
  readonly handle: (asked: Asked<B>) => Answer | Promise<Answer>;
}

export const JSON_TYPE = "application/json";

/** Checks the pair of body schema and handler, then forgets the type: routes stand in one table. */
export const route = <B = undefined>(entry: Route<B>): Route => entry as unknown as Route;
