import { type Account, createAccount } from "../adapters/accounts/account-files.ts";
import { hashPassword } from "../adapters/accounts/password-hash.ts";
import { AccountId, Role } from "../core/access/actor.ts";

/** An account as somebody asks for it: plain words, checked when it is made. */
export interface WantedAccount {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly unit: string | null;
  readonly staffId: Account["staffId"];
}

/** False when there is one of that name. */
export async function makeAccount(directory: string, wanted: WantedAccount, password: string): Promise<boolean> {
  const { id, roles, name, unit, staffId } = wanted;
  const known = { id: AccountId.parse(id), name, roles: roles.map((role) => Role.parse(role)), unit, staffId };
  return createAccount(directory, { ...known, password: await hashPassword(password), disabled: false });
}
