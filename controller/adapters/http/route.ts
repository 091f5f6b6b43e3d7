import type { ServerResponse } from "node:http";
import type { z } from "zod";
import { present } from "../../../protocol/index.ts";
import type { Access } from "./access.ts";
import type { Actor } from "../../core/access/actor.ts";
import type { ProblemCode, ProblemParts } from "./problem.ts";

/** A request, as far as handlers see it. The body fits the route's schema. */
export interface Asked<B> {
  readonly body: B;
  /** Whether the connection comes from this machine itself. */
  readonly local: boolean;
  readonly header: (name: string) => string | undefined;
  /** Who asks; null for somebody who is not signed in. Never null where the route's access is not "everybody". */
  readonly actor: Actor | null;
  /** The token of the session, good or not. */
  readonly session: string | null;
  /** Where the request comes from: for counting wrong passwords, and for nothing else. */
  readonly address: string;
  /** The browser speaks TLS to whoever stands before the controller. */
  readonly secure: boolean;
  /** Whether the route is still open to whoever asked: false once their session is over. */
  readonly holds: () => boolean;
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
  | ({ readonly refused: ProblemCode } & ProblemParts)
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
  /** Whoever is not named here is refused before the handler is asked. */
  readonly access: Access;
  /** A browser is sent to the sign-in page instead of being refused. */
  readonly isPage?: boolean;
  readonly operationId: string;
  readonly summary: string;
  readonly body?: z.ZodType<B>;
  /** Where a body may be larger than most. */
  readonly bodyBytesMax?: number;
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

/** Who asks, on a route that is not open to everybody. */
export const signedIn = ({ actor }: Pick<Asked<unknown>, "actor">): Actor =>
  present(actor, "the actor of a guarded route");
