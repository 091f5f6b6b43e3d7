import { createHash } from "node:crypto";
import { type Clock, type DurationMs, elapsed, minutes, type MonoMs } from "../../protocol/index.ts";
import { freshSecret } from "../adapters/authority/badge-key.ts";
import type { AccountId } from "../core/access/actor.ts";

export const SESSION_TOKEN_BITS = 256;
/** Nothing was asked for so long: the session is over. A stream that is followed is no asking. Product default. */
export const SESSION_IDLE_MAX: DurationMs = minutes(60);
/** So long after it began a session is over in any case: a working day with its overtime. Product default. */
export const SESSION_LIFE_MAX: DurationMs = minutes(12 * 60);
/** Of one account at once: the oldest makes way. */
export const SESSIONS_PER_ACCOUNT_MAX = 8;
export const SESSIONS_MAX = 4_096;

export interface Session {
  readonly accountId: AccountId;
  /** Of the account when it began. */
  readonly revision: number;
}

interface Kept extends Session {
  readonly begunAt: MonoMs;
  usedAt: MonoMs;
}

/** Who is signed in. Tokens are held as digests; a restart of the controller ends every session. */
export class SignInSessions {
  readonly #clock: Pick<Clock, "mono">;
  /** By the digest of the token, oldest first. */
  readonly #sessions = new Map<string, Kept>();

  constructor(clock: Pick<Clock, "mono">) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** The token, which is told once and kept nowhere. */
  begin({ accountId, revision }: Session): string {
    if (this.#sessions.size >= SESSIONS_MAX) this.#sweep();
    const own = [...this.#sessions].filter(([, session]) => session.accountId === accountId);
    const surplus = own.slice(0, Math.max(0, own.length - SESSIONS_PER_ACCOUNT_MAX + 1));
    for (const [digest] of surplus) this.#sessions.delete(digest);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= SESSIONS_MAX && oldest !== undefined) this.#sessions.delete(oldest);
    const token = freshSecret(SESSION_TOKEN_BITS);
    const now = this.#clock.mono();
    this.#sessions.set(digestOf(token), { accountId, revision, begunAt: now, usedAt: now });
    return token;
  }

  /** The session of a request; null when there is none, or none any more. `asked`: somebody is there and asks. */
  find(token: string, asked: boolean): Session | null {
    const digest = digestOf(token);
    const session = this.#sessions.get(digest);
    if (session === undefined) return null;
    if (this.#isOver(session)) {
      this.#sessions.delete(digest);
      return null;
    }
    if (asked) session.usedAt = this.#clock.mono();
    return session;
  }

  end(token: string): void {
    this.#sessions.delete(digestOf(token));
  }

  #isOver({ begunAt, usedAt }: Kept): boolean {
    const now = this.#clock.mono();
    return elapsed(usedAt, now) >= SESSION_IDLE_MAX || elapsed(begunAt, now) >= SESSION_LIFE_MAX;
  }

  #sweep(): void {
    for (const [digest, session] of this.#sessions) if (this.#isOver(session)) this.#sessions.delete(digest);
  }
}

/** A token has 256 random bits: a plain digest of it tells nothing and needs no salt. */
const digestOf = (token: string): string => createHash("sha256").update(token, "utf8").digest("hex");
