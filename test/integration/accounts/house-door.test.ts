// The door of the house: who comes in, who is locked out and for how long, what ends a session, and that the first
// account is made once. Time is moved by hand; files and argon2 are the real ones.
import { expect, test } from "vitest";
import { ACCOUNT_LIMITS, ADDRESS_LIMITS, HouseDoor } from "../../../controller/access/house-door.ts";
import { changeAccount, readAccount } from "../../../controller/adapters/accounts/account-files.ts";
import { AccountId } from "../../../controller/core/access/actor.ts";
import { present, type Result, silentLog } from "../../../protocol/index.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { giveAccount, PASSWORD } from "../../support/signed-in.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const LI = AccountId.parse("li");
const HERE = "192.0.2.7";

function openDoor(empty = false) {
  const directory = hallDirectory();
  const clock = new VirtualClock();
  const noted: string[] = [];
  if (!empty) giveAccount(directory, { id: "li", roles: ["staff"] });
  const note = (id: AccountId, deed: string): void => void noted.push(`${id} ${deed}`);
  const door = new HouseDoor({ directory, clock, log: silentLog, note });
  const knock = async (password: string, account = "li", from = HERE) =>
    codeOf(await door.signIn({ account, password }, from));
  return { directory, clock, door, noted, knock };
}

const codeOf = (result: Result<unknown, { readonly code: string }>): string => (result.ok ? "in" : result.error.code);

async function tokenFor(door: HouseDoor, account = "li"): Promise<string> {
  const entered = await door.signIn({ account, password: PASSWORD }, HERE);
  return entered.ok ? entered.value.token : "";
}

test("the right password opens, and the session knows who it is; it is on record", async () => {
  const { door, noted } = openDoor();
  const token = await tokenFor(door, " LI ");
  expect(door.actorOf(token, true)).toEqual({ id: "li", name: "name of li", roles: ["staff"], unit: null });
  door.signOut(token);
  expect(door.actorOf(token, true)).toBeNull();
  expect(noted).toEqual(["li signed-in", "li signed-out"]);
});

test("a wrong password and a name that is nobody's get the same answer; five of either lock", async () => {
  const { clock, knock, noted } = openDoor();
  for (const name of ["li", "nobody"]) {
    const answers = [];
    for (let n = 0; n < ACCOUNT_LIMITS.failuresMax; n += 1) answers.push(await knock("wrong", name));
    expect(answers).toEqual(Array(ACCOUNT_LIMITS.failuresMax).fill("bad-credentials"));
    expect(await knock(PASSWORD, name)).toBe("locked-out");
  }
  expect(noted).toEqual(["li locked-out"]);
  clock.advance(ACCOUNT_LIMITS.lockedFor);
  expect(await knock(PASSWORD)).toBe("in");
});

test("many tries at once count as many: no more than five are looked at", async () => {
  const { knock } = openDoor();
  const answers = await Promise.all(Array.from({ length: 12 }, () => knock("wrong")));
  expect(answers.filter((answer) => answer === "bad-credentials")).toHaveLength(ACCOUNT_LIMITS.failuresMax);
  expect(answers.filter((answer) => answer === "locked-out")).toHaveLength(12 - ACCOUNT_LIMITS.failuresMax);
});

test("an address that tries many names is locked out, and nobody else is", async () => {
  const { knock } = openDoor();
  for (let n = 0; n < ADDRESS_LIMITS.failuresMax; n += 1) await knock("wrong", `name-${n}`);
  expect(await knock(PASSWORD)).toBe("locked-out");
  expect(await knock(PASSWORD, "li", "192.0.2.8")).toBe("in");
});

test("a disabled account is out at once, and does not come in", async () => {
  const { directory, door, knock } = openDoor();
  const token = await tokenFor(door);
  changeAccount(directory, { ...present(readAccount(directory, LI), "li"), disabled: true });
  expect(door.actorOf(token, true)).toBeNull();
  expect(await knock(PASSWORD)).toBe("bad-credentials");
});

test("a new password ends the other sessions, and is not taken when it is easy", async () => {
  const { door, knock } = openDoor();
  const [here, elsewhere] = [await tokenFor(door), await tokenFor(door)];
  const actor = present(door.actorOf(here, true), "li");
  const change = (next: string, current = PASSWORD) => door.changePassword(actor, { current, next }, HERE);
  expect(codeOf(await change("short"))).toBe("weak-password");
  expect(codeOf(await change("aaaaaaaaaaaaaaa"))).toBe("weak-password");
  expect(codeOf(await change("my name is li, yes"))).toBe("weak-password");
  expect(codeOf(await change("another sentence", "wrong"))).toBe("bad-credentials");
  const changed = await change("another sentence");
  expect(door.actorOf(changed.ok ? changed.value.token : "", true)).toMatchObject({ id: "li" });
  expect([here, elsewhere].map((token) => door.actorOf(token, true))).toEqual([null, null]);
  expect([await knock(PASSWORD), await knock("another sentence")]).toEqual(["bad-credentials", "in"]);
});

test("the first account is made once, with the word of the console", async () => {
  const { door } = openDoor(true);
  const token = door.drawFirstToken() ?? "";
  expect(token).toMatch(/^[0-9a-f]{64}$/u);
  const wanted = { account: AccountId.parse("boss"), name: "Boss", password: "a long sentence" };
  expect(codeOf(await door.makeFirst({ ...wanted, token: "0".repeat(64) }, HERE))).toBe("bad-link");
  const both = await Promise.all([1, 2].map(() => door.makeFirst({ ...wanted, token }, HERE)));
  expect(both.map(codeOf).toSorted()).toEqual(["bad-link", "in"]);
  expect(door.drawFirstToken()).toBeNull();
});

test("where there is an account there is no such word", () => {
  expect(openDoor().door.drawFirstToken()).toBeNull();
});
