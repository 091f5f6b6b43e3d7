import { accountIds, createAccount } from "../../controller/adapters/accounts/account-files.ts";
import { AccountId, type Actor, type Role } from "../../controller/core/access/actor.ts";
import type { StaffId } from "../../protocol/index.ts";

// People who may sign in, for tests. Their password's hash is made once and for all: it is no secret of anybody's.

export const PASSWORD = "a sentence for tests";
/** argon2id of PASSWORD, with the product's own cost. */
const HASH = "$argon2id$v=19$m=32768,t=3,p=1$gnsEfilvaAmA8cMjBLCjxg$7opb2t+/Ry9QKkKmsxFmbEP26ZJhARJMbN1CzElrSs8";

export interface TestAccount {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly staffId?: StaffId;
  readonly unit?: string;
}

/** An account in the hall's directory, as the command makes it; one that is there stays. */
export function giveAccount(directory: string, { id, roles, staffId, unit }: TestAccount): AccountId {
  const accountId = AccountId.parse(id);
  if (accountIds(directory).includes(accountId)) return accountId;
  const known = { id: accountId, name: `name of ${id}`, roles: [...roles], unit: unit ?? null };
  createAccount(directory, { ...known, staffId: staffId ?? null, password: HASH, disabled: false });
  return accountId;
}

export const actorOf = (role: Role, change: Partial<Actor> = {}): Actor => ({
  id: AccountId.parse(role),
  name: role,
  roles: [role],
  unit: null,
  ...change,
});

/** Signs in over HTTP; the headers that carry the session. */
export async function signIn(base: string, account: string, password = PASSWORD): Promise<{ readonly cookie: string }> {
  const answer = await fetch(`${base}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account, password }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0];
  if (answer.status !== 201 || cookie === undefined) throw new Error(`${account}: ${answer.status}`);
  return { cookie };
}
