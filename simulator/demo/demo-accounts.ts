import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { bilingual, type Bilingual, present, type Random, type StaffId } from "../../protocol/index.ts";
import type { DemoHall } from "./hall-plan.ts";
import { replaceFile } from "./replace-file.ts";

/** Who may sign in to the demonstration's pages: one account per role, each with a password of its own. */
export interface DemoAccount {
  readonly account: string;
  readonly role: "staff" | "head" | "manager" | "inspector" | "office";
  readonly title: Bilingual;
  readonly name: string;
  readonly staffId: StaffId | null;
}

export interface OpenAccount extends DemoAccount {
  readonly password: string;
}

export function planAccounts(hall: DemoHall): readonly DemoAccount[] {
  const clerk = present(hall.counters[0], "the first counter").clerk;
  const nobody = { staffId: null };
  return [
    {
      account: clerk.staffId,
      role: "staff",
      title: bilingual("窗口人员", "Staff"),
      name: clerk.name,
      staffId: clerk.staffId,
    },
    {
      account: hall.lead.staffId,
      role: "head",
      title: bilingual("负责人", "Head"),
      name: hall.lead.name,
      staffId: hall.lead.staffId,
    },
    { account: "manager", role: "manager", title: bilingual("管理者", "Manager"), name: "大厅管理者", ...nobody },
    { account: "inspector", role: "inspector", title: bilingual("督查员", "Inspector"), name: "督查员", ...nobody },
    { account: "office", role: "office", title: bilingual("办公室", "Office"), name: "办公室", ...nobody },
  ];
}

const Kept = z.object({ passwords: z.record(z.string(), z.string()) });

/** For whoever sits at this machine: 0600. A real hall keeps no password anywhere. */
export const demoAccountsFile = (directory: string): string => join(directory, "demo-accounts.json");

/** Makes the accounts that are missing, before the controller starts; the passwords stay those of the first start. */
export async function openAccounts(hall: DemoHall, directory: string, random: Random): Promise<readonly OpenAccount[]> {
  const file = demoAccountsFile(directory);
  const kept = existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, "utf8"))).passwords : {};
  const accounts = planAccounts(hall).map((plan) => ({
    ...plan,
    password: kept[plan.account] ?? drawPassword(random),
  }));
  if (accounts.every(({ account }) => account in kept)) return accounts;
  const passwords = Object.fromEntries(accounts.map(({ account, password }) => [account, password]));
  replaceFile(file, `${JSON.stringify({ passwords }, null, 2)}\n`);
  const { makeAccount } = await import("../../controller/index.ts");
  for (const { account, role, name, staffId, password } of accounts) {
    await makeAccount(directory, { id: account, name, roles: [role], unit: null, staffId }, password);
  }
  return accounts;
}

/** Easy to read out and to type: no letter looks like another. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = [0, 1, 2] as const;
const GROUP_LENGTH = 4;

function drawPassword(random: Random): string {
  const digits = BigInt(`0x${random.uuid().replaceAll("-", "")}${random.uuid().replaceAll("-", "")}`);
  let rest = digits;
  const draw = (): string => {
    const letter = LETTERS[Number(rest % BigInt(LETTERS.length))] ?? "a";
    rest /= BigInt(LETTERS.length);
    return letter;
  };
  return GROUPS.map(() => Array.from({ length: GROUP_LENGTH }, draw).join("")).join("-");
}
