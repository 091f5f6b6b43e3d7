import { Command, InvalidArgumentError, Option } from "commander";
import { HallError, StaffId } from "../../protocol/index.ts";
import {
  type Account,
  accountIds,
  changeAccount,
  createAccount,
  readAccount,
} from "../adapters/accounts/account-files.ts";
import { hashPassword } from "../adapters/accounts/password-hash.ts";
import { weaknessOf } from "../access/password-rules.ts";
import type { ControllerConfiguration } from "../config.ts";
import { CENTRE_UNIT } from "../core/office/filing-rights.ts";
import { AccountId, NAME_LENGTH_MAX, ROLES, type Role, UNIT_LENGTH_MAX } from "../core/access/actor.ts";
import { askPassword } from "./ask-password.ts";

/** What the command needs of the program around it. */
export interface AccountWorld {
  readonly configFrom: (file: string) => ControllerConfiguration;
  readonly speaking: (work: () => Promise<void>) => Promise<void>;
  readonly say: (line: string) => void;
}

interface AddFlags {
  readonly config: string;
  readonly role: readonly Role[];
  readonly name?: string;
  readonly unit?: string;
  readonly staff?: StaffId;
}

/** `hallward account`: who may sign in. Works while the controller runs, and at once. */
export function accountCommandOf({ configFrom, speaking, say }: AccountWorld): Command {
  const account = new Command("account").description("say who may sign in to the hall's pages, and as what");
  const directoryOf = (file: string): string => configFrom(file).directory;
  withConfig(account.command("add"))
    .description("make an account; its password is asked for, or read from the first line of standard input")
    .argument("<account>", "the name to sign in with", parseAccount)
    .addOption(
      new Option("--role <role...>", "what the person may be").choices(ROLES).default(["staff"]).makeOptionMandatory(),
    )
    .option("--name <name>", "how the person is called", (text) => within(text, NAME_LENGTH_MAX))
    .option("--unit <unit>", "the sending unit", (text) => within(text, UNIT_LENGTH_MAX))
    .option("--staff <id>", "whom of the roster it belongs to", parseStaff)
    .action((id: AccountId, flags: AddFlags) =>
      speaking(async () => say(await add(configFrom(flags.config), id, flags))),
    );
  withConfig(account.command("list"))
    .description("one line per account: name, roles, person, unit")
    .action(({ config }: { readonly config: string }) =>
      speaking(async () => {
        for (const line of list(directoryOf(config))) say(line);
      }),
    );
  for (const [verb, disabled] of [["disable", true] as const, ["enable", false] as const]) {
    withConfig(account.command(verb))
      .description(disabled ? "let nobody sign in with it; its sessions end at once" : "let it sign in again")
      .argument("<account>", "the name to sign in with", parseAccount)
      .action((id: AccountId, { config }: { readonly config: string }) =>
        speaking(async () => {
          change(directoryOf(config), id, (found) => ({ ...found, disabled }));
          say(`${id}: ${verb}d`);
        }),
      );
  }
  withConfig(account.command("password"))
    .description("set a new password, asked for or read from standard input; its sessions end at once")
    .argument("<account>", "the name to sign in with", parseAccount)
    .action((id: AccountId, { config }: { readonly config: string }) =>
      speaking(async () => {
        const directory = directoryOf(config);
        known(directory, id);
        const password = await newPassword(id);
        change(directory, id, (found) => ({ ...found, password }));
        say(`${id}: new password`);
      }),
    );
  return account;
}

const withConfig = (command: Command): Command =>
  command.requiredOption("--config <file>", "the controller's configuration, YAML");

function parseAccount(text: string): AccountId {
  const id = AccountId.safeParse(text);
  if (id.success) return id.data;
  throw new InvalidArgumentError(`${id.error.issues[0]?.message ?? "refused"}.`);
}

function parseStaff(text: string): StaffId {
  const id = StaffId.safeParse(text);
  if (id.success) return id.data;
  throw new InvalidArgumentError(`${id.error.issues[0]?.message ?? "refused"}.`);
}

function within(text: string, most: number): string {
  if (text.length >= 1 && text.length <= most) return text;
  throw new InvalidArgumentError(`1 to ${most} characters.`);
}

async function add(config: ControllerConfiguration, id: AccountId, flags: AddFlags): Promise<string> {
  const { directory, hall } = config;
  const person = hall.staff.find((entry) => entry.id === flags.staff);
  if (flags.staff !== undefined && person === undefined) {
    throw new HallError("STAFF_UNKNOWN", `"${flags.staff}" is not in the roster of the configuration`);
  }
  if (readAccount(directory, id) !== null) throw taken(id);
  const unit = flags.unit === undefined ? null : unitOf(hall, flags.unit);
  const password = await newPassword(id);
  const name = flags.name ?? person?.name ?? id;
  const { role: roles, staff: staffId = null } = flags;
  const account = { id, name, roles: [...new Set(roles)], unit, staffId, password, disabled: false };
  if (!createAccount(directory, account)) throw taken(id);
  return lineOf({ format: 1, revision: 1, ...account });
}

/** People see and file for their unit by its id; a hall without attendance knows no units, and takes any word. */
function unitOf({ attendance }: ControllerConfiguration["hall"], asked: string): string {
  if (attendance === undefined) return asked;
  const named = attendance.units.find(({ id, name }) => [id, name.zh, name.en].includes(asked));
  if (named !== undefined) return named.id;
  if (asked === CENTRE_UNIT) return asked;
  const ids = [...attendance.units.map(({ id }) => id), CENTRE_UNIT].join(", ");
  throw new HallError("UNIT_UNKNOWN", `"${asked}" is no unit of the configuration, only: ${ids}`);
}

const taken = (id: AccountId): HallError => new HallError("ACCOUNT_EXISTS", `there is an account "${id}" already`);

function list(directory: string): string[] {
  return accountIds(directory)
    .flatMap((id) => readAccount(directory, id) ?? [])
    .map(lineOf);
}

const lineOf = ({ id, name, roles, unit, staffId, disabled }: Account): string =>
  [id, name, roles.join(","), staffId ?? "-", unit ?? "-", ...(disabled ? ["disabled"] : [])].join("  ");

function known(directory: string, id: AccountId): Account {
  const account = readAccount(directory, id);
  if (account !== null) return account;
  throw new HallError("ACCOUNT_UNKNOWN", `there is no account "${id}"; see: hallward account list`);
}

function change(directory: string, id: AccountId, to: (account: Account) => Account): void {
  changeAccount(directory, to(known(directory, id)));
}

async function newPassword(id: AccountId): Promise<string> {
  const password = await askPassword(`新密码 New password for ${id}: `);
  const weakness = weaknessOf(password, id);
  if (weakness !== null) throw new HallError("PASSWORD_WEAK", weakness);
  return hashPassword(password);
}
