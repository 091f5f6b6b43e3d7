import { createHash, timingSafeEqual } from "node:crypto";
import { accepted, type Clock, HallError, type Log, minutes, type Result, refused } from "../../protocol/index.ts";
import {
  type Account,
  accountIds,
  changeAccount,
  createAccount,
  readAccount,
} from "../adapters/accounts/account-files.ts";
import { freshSecret } from "../adapters/authority/badge-key.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type {
  Admission,
  FirstAccountRequest,
  FrontDoor,
  PasswordChange,
  SignInRequest,
} from "../adapters/http/front-door.ts";
import type { AccountDeed } from "../core/access/access-event-bodies.ts";
import { AccountId, type Actor } from "../core/access/actor.ts";
import { addressKey } from "../adapters/http/peer-address.ts";
import { BUSY, CANNOT_WRITE } from "../desks/desk-refusals.ts";
import { FailureBook, type FailureLimits } from "./failure-book.ts";
import { HashGate } from "./hash-gate.ts";
import { weaknessOf } from "./password-rules.ts";
import { type Session, SignInSessions } from "./sign-in-sessions.ts";

/** Five tries in a quarter of an hour, then a quarter of an hour's rest. Source: security checklist 5.1-5. */
export const ACCOUNT_LIMITS: FailureLimits = {
  failuresMax: 5,
  window: minutes(15),
  lockedFor: minutes(15),
  keysMax: 4_096,
};
/** Of one address, whichever accounts it tries. A hall behind a proxy names it (`http.trustedProxies`). */
export const ADDRESS_LIMITS: FailureLimits = {
  failuresMax: 30,
  window: minutes(15),
  lockedFor: minutes(15),
  keysMax: 4_096,
};
const FIRST_TOKEN_BITS = 256;
/** Names that are nobody's share so many counters: whoever tries names learns nothing, and fills nothing. */
const STRANGERS_MAX = 1_024;

const BAD_CREDENTIALS: DeskRefusal = {
  code: "bad-credentials",
  detail: "用户名或密码不正确 The name or the password is wrong.",
};
const LOCKED_OUT: DeskRefusal = {
  code: "locked-out",
  detail: "密码错误次数过多，请15分钟后再试 Too many wrong passwords; try again in 15 minutes.",
};
const BAD_LINK: DeskRefusal = {
  code: "bad-link",
  detail: "链接已用过或无效，请查看控制台 The link is used or was never good; see the console.",
};
const TAKEN: DeskRefusal = { code: "bad-link", detail: "There is an account already; sign in with it." };

export interface HouseDoorOptions {
  /** The hall's. */
  readonly directory: string;
  readonly clock: Pick<Clock, "mono">;
  readonly log: Log;
  /** Puts on record what an account did. It need not wait. */
  readonly note: (accountId: AccountId, deed: AccountDeed) => void;
}

/** The door of the house: files of accounts, sessions in memory, counters of wrong words. */
export class HouseDoor implements FrontDoor {
  readonly #options: HouseDoorOptions;
  readonly #sessions: SignInSessions;
  readonly #accounts: FailureBook;
  readonly #addresses: FailureBook;
  readonly #gate = new HashGate();
  /** While there is no account at all. */
  #firstToken: string | null = null;

  constructor(options: HouseDoorOptions) {
    this.#options = options;
    this.#sessions = new SignInSessions(options.clock);
    this.#accounts = new FailureBook(options.clock, ACCOUNT_LIMITS);
    this.#addresses = new FailureBook(options.clock, ADDRESS_LIMITS);
  }

  /** The word of the one-time link; null when there is an account already. For the console, and never for the log. */
  drawFirstToken(): string | null {
    if (accountIds(this.#options.directory).length > 0) return null;
    this.#firstToken ??= freshSecret(FIRST_TOKEN_BITS);
    return this.#firstToken;
  }

  actorOf(token: string | null, asked: boolean): Actor | null {
    const session = token === null ? null : this.#sessions.find(token, asked);
    const account = session === null ? null : this.#read(session.accountId);
    if (session === null || account === null || account.disabled) return null;
    return account.revision === session.revision ? actorFrom(account) : null;
  }

  async signIn({ account: name, password }: SignInRequest, address: string): Promise<Result<Admission, DeskRefusal>> {
    const account = this.#named(name);
    const key = keyOf(name, account);
    const wrong = await this.#judge(key, account, password, address);
    if (wrong !== null) return refused(wrong);
    if (account === null) return refused(BAD_CREDENTIALS);
    this.#options.note(account.id, "signed-in");
    return accepted(this.#admit(account, actorFrom(account)));
  }

  signOut(token: string | null): void {
    if (token === null) return;
    const session = this.#sessions.find(token, false);
    this.#sessions.end(token);
    if (session !== null) this.#options.note(session.accountId, "signed-out");
  }

  async changePassword(
    actor: Actor,
    { current, next }: PasswordChange,
    address: string,
  ): Promise<Result<Admission, DeskRefusal>> {
    const account = this.#read(actor.id);
    const wrong = await this.#judge(actor.id, account, current, address);
    if (wrong !== null || account === null) return refused(wrong ?? BAD_CREDENTIALS);
    const weakness = weaknessOf(next, account.id);
    if (weakness !== null) return refused({ code: "weak-password", detail: weakness });
    const password = await this.#gate.hash(next);
    if (password === null) return refused(BUSY);
    const changed = { ...account, password };
    const written = this.#writes(() => {
      changeAccount(this.#options.directory, changed);
      return true;
    });
    if (written === null) return refused(CANNOT_WRITE);
    this.#options.note(account.id, "password-changed");
    return accepted(this.#admit({ id: account.id, revision: account.revision + 1 }, actorFrom(account)));
  }

  async makeFirst(request: FirstAccountRequest, address: string): Promise<Result<Admission, DeskRefusal>> {
    const { token, account: id, name, password: chosen } = request;
    const from = addressKey(address);
    if (this.#addresses.isLocked(from)) return refused(LOCKED_OUT);
    if (!this.#isFirst(token)) {
      this.#addresses.note(from);
      return refused(BAD_LINK);
    }
    const weakness = weaknessOf(chosen, id);
    if (weakness !== null) return refused({ code: "weak-password", detail: weakness });
    const password = await this.#gate.hash(chosen);
    if (password === null) return refused(BUSY);
    if (!this.#isFirst(token)) return refused(BAD_LINK); // Somebody else was faster meanwhile.
    const { directory } = this.#options;
    const account = { id, name, roles: ["manager" as const], unit: null, staffId: null, password, disabled: false };
    const made = this.#writes(() => accountIds(directory).length === 0 && createAccount(directory, account));
    if (made === null) return refused(CANNOT_WRITE);
    this.#firstToken = null;
    if (!made) return refused(TAKEN);
    this.#options.note(id, "created");
    const actor: Actor = { id, name, roles: account.roles, unit: null };
    return accepted(this.#admit({ id, revision: 1 }, actor));
  }

  /** Why it is refused; null when the password is the account's. Every try counts before it is looked at. */
  async #judge(key: string, account: Account | null, password: string, address: string): Promise<DeskRefusal | null> {
    const from = addressKey(address);
    if (this.#accounts.isLocked(key) || this.#addresses.isLocked(from)) return LOCKED_OUT;
    const lockedNow = this.#accounts.note(key);
    this.#addresses.note(from);
    const good = await this.#gate.verify(account?.disabled === true ? null : (account?.password ?? null), password);
    if (good === null) {
      this.#accounts.forgive(key); // It was not looked at.
      this.#addresses.forgive(from);
      return BUSY;
    }
    if (!good) {
      if (lockedNow && account !== null) this.#options.note(account.id, "locked-out");
      return BAD_CREDENTIALS;
    }
    this.#accounts.forget(key);
    this.#addresses.forgive(from);
    return null;
  }

  #admit({ id, revision }: Pick<Account, "id" | "revision">, actor: Actor): Admission {
    const session: Session = { accountId: id, revision };
    return { token: this.#sessions.begin(session), actor };
  }

  #named(name: string): Account | null {
    const id = AccountId.safeParse(name.trim().toLowerCase());
    return id.success ? this.#read(id.data) : null;
  }

  /** An account that cannot be read is none: nobody is let in by a damaged file. */
  #read(id: AccountId): Account | null {
    try {
      return readAccount(this.#options.directory, id);
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      this.#options.log.error("account.unreadable", { code: thrown.code, reason: thrown.message });
      return null;
    }
  }

  #isFirst(token: string): boolean {
    const good = this.#firstToken;
    return good !== null && timingSafeEqual(digestOf(good), digestOf(token));
  }

  /** Null when the disk did not take it. */
  #writes(work: () => boolean): boolean | null {
    try {
      return work();
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      this.#options.log.warn("account.unwritten", { code: thrown.code, reason: thrown.message });
      return null;
    }
  }
}

const keyOf = (name: string, account: Account | null): string =>
  account?.id ?? `?${digestOf(name).readUInt32BE() % STRANGERS_MAX}`;

const digestOf = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

export const actorFrom = ({ id, name, roles, unit, staffId }: Account): Actor => ({
  id,
  name,
  roles,
  unit,
  ...(staffId === null ? {} : { staffId }),
});
