import { createHash, timingSafeEqual } from "node:crypto";
import type { CounterId, StaffId } from "../protocol/index.ts";
import { deskTokensFile } from "./adapters/authority/authority-files.ts";
import { freshSecret } from "./adapters/authority/badge-key.ts";
import { writePrivate } from "./adapters/private-file.ts";
import type { HallView } from "./core/state.ts";

const TOKEN_BITS = 128;
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

export interface DeskSessionsOptions {
  readonly directory: string;
  /** Where the pages are served: beyond the loopback there are no tokens, so nobody gets in. */
  readonly host: string;
  readonly hall: HallView;
}

interface Session {
  readonly counterId: CounterId;
  readonly staffId: StaffId;
  /** Of the duty it rests on: a later duty of the same person is another one. */
  readonly onDutySinceMs: number;
}

/**
 * Who may act on a counter page, until signing in with roles exists. A token opens its window once, while somebody is
 * on duty there; the session it gives is theirs and ends with that duty.
 */
export class DeskSessions {
  readonly #options: DeskSessionsOptions;
  readonly #tokens = new Map<CounterId, string>();
  readonly #sessions = new Map<string, Session>();
  #port = 0;

  constructor(options: DeskSessionsOptions) {
    this.#options = options;
  }

  /** Draws a token for every window, once it is known where the pages are. */
  open(port: number): void {
    this.#port = port;
    if (!LOOPBACK.has(this.#options.host)) return;
    for (const counterId of this.#options.hall.counters.keys()) this.#draw(counterId);
    this.#keep();
  }

  /** Null when the token is not this window's. Nobody on duty: "nobody", and the token stays good. */
  start(counterId: CounterId, token: string): { readonly bearer: string; readonly staff: StaffId } | "nobody" | null {
    const good = this.#tokens.get(counterId);
    if (good === undefined || !isSame(good, token)) return null;
    const counter = this.#options.hall.counters.get(counterId);
    if (counter === undefined || counter.onDuty === null) return "nobody";
    this.#sweep();
    const bearer = freshSecret(TOKEN_BITS);
    const { onDuty: staffId, onDutySinceMs } = counter;
    this.#sessions.set(digestOf(bearer), { counterId, staffId, onDutySinceMs: onDutySinceMs ?? 0 });
    this.#draw(counterId);
    this.#keep();
    return { bearer, staff: staffId };
  }

  /** Who acts with this session at this window; null when it is none, or none any more. */
  staffOf(counterId: CounterId, bearer: string | null): StaffId | null {
    const session = bearer === null ? undefined : this.#sessions.get(digestOf(bearer));
    return session?.counterId === counterId && this.#holds(session) ? session.staffId : null;
  }

  #holds({ counterId, staffId, onDutySinceMs }: Session): boolean {
    const counter = this.#options.hall.counters.get(counterId);
    return counter?.onDuty === staffId && (counter.onDutySinceMs ?? 0) === onDutySinceMs;
  }

  #sweep(): void {
    for (const [digest, session] of this.#sessions) if (!this.#holds(session)) this.#sessions.delete(digest);
  }

  #draw(counterId: CounterId): void {
    const token = freshSecret(TOKEN_BITS);
    this.#tokens.set(counterId, token);
  }

  /** After the `#`: it reaches neither the server's log nor a proxy's. */
  #addressOf(counterId: CounterId, token: string): string {
    const { host } = this.#options;
    const name = host === "::1" ? "[::1]" : host;
    return `http://${name}:${this.#port}/counter/${counterId}#token=${token}`;
  }

  /** For whoever sits at this machine: 0600, like the keys beside it. */
  #keep(): void {
    const tokens = [...this.#tokens].map(([counterId, token]) => ({
      counter: counterId,
      token,
      address: this.#addressOf(counterId, token),
    }));
    writePrivate(deskTokensFile(this.#options.directory), `${JSON.stringify({ tokens }, null, 2)}\n`);
  }
}

const digestOf = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

const isSame = (left: string, right: string): boolean =>
  timingSafeEqual(Buffer.from(digestOf(left)), Buffer.from(digestOf(right)));
