import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { HallError, messageOf, StaffId } from "../../../protocol/index.ts";
import { AccountId, NAME_LENGTH_MAX, Role, UNIT_LENGTH_MAX } from "../../core/access/actor.ts";
import { createPrivate, readPrivate, writePrivate } from "../private-file.ts";
import { isPasswordHash } from "./password-hash.ts";

// One file per account, 0600, in DIR/keys/accounts, so that backups hold them. The command writes them while the
// controller runs: it reads the file of whoever signs in or asks, and what is disabled is out at once.

export const ACCOUNTS_MAX = 2_000;

export const Account = z.strictObject({
  format: z.literal(1),
  id: AccountId,
  name: z.string().min(1).max(NAME_LENGTH_MAX),
  roles: z.array(Role).min(1),
  unit: z.string().min(1).max(UNIT_LENGTH_MAX).nullable(),
  staffId: StaffId.nullable(),
  /** argon2id, PHC string. */
  password: z.string().refine(isPasswordHash, "no argon2id hash"),
  disabled: z.boolean(),
  /** One more with every change: sessions that rest on an earlier one are over. */
  revision: z.int().positive(),
});
export type Account = z.infer<typeof Account>;

const accountsDirectory = (directory: string): string => join(directory, "keys", "accounts");
const fileOf = (directory: string, id: AccountId): string => join(accountsDirectory(directory), `${id}.json`);
const SUFFIX = ".json";

/** Null: there is none. HallError ACCOUNT_UNREADABLE for one that is not as it must be. */
export function readAccount(directory: string, id: AccountId): Account | null {
  const path = fileOf(directory, id);
  const text = readPrivate(path);
  if (text === null) return null;
  try {
    return Account.parse(JSON.parse(text));
  } catch (thrown) {
    const why = thrown instanceof z.ZodError ? "not as an account must be" : messageOf(thrown);
    throw new HallError(
      "ACCOUNT_UNREADABLE",
      `${path}: ${why}; restore it, or make the account anew`,
      { path },
      thrown,
    );
  }
}

export function accountIds(directory: string): AccountId[] {
  try {
    const names = readdirSync(accountsDirectory(directory)).filter((name) => name.endsWith(SUFFIX));
    return names.flatMap((name) => AccountId.safeParse(name.slice(0, -SUFFIX.length)).data ?? []).toSorted();
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return [];
    throw new HallError("FILE_UNREADABLE", `cannot read the accounts: ${messageOf(thrown)}`, { directory }, thrown);
  }
}

/** False: there is one of that name. */
export function createAccount(directory: string, account: Omit<Account, "format" | "revision">): boolean {
  if (accountIds(directory).length >= ACCOUNTS_MAX) {
    throw new HallError("ACCOUNTS_FULL", `there are ${ACCOUNTS_MAX} accounts; no more are taken`, { directory });
  }
  return createPrivate(fileOf(directory, account.id), textOf({ format: 1, ...account, revision: 1 }));
}

/** Replaces what is said of the account, and ends its sessions. */
export function changeAccount(directory: string, account: Account): void {
  writePrivate(fileOf(directory, account.id), textOf({ ...account, revision: account.revision + 1 }));
}

const textOf = (account: Account): string => `${JSON.stringify(account, null, 2)}\n`;
