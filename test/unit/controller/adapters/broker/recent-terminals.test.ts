import { expect, test } from "vitest";
import { RecentTerminals } from "../../../../../controller/adapters/broker/recent-terminals.ts";
import { TerminalId } from "../../../../../protocol/index.ts";

const named = (name: string): TerminalId => TerminalId.parse(name);

test("the terminal that has been away for longest is forgotten first, and nobody else", () => {
  const recent = new RecentTerminals<number>(2);
  let made = 0;
  const see = (name: string): number => recent.of(named(name), () => (made += 1));
  expect([see("t1"), see("t2"), see("t1")]).toEqual([1, 2, 1]);
  expect(see("t3")).toBe(3); // t2 makes way: t1 was seen after it.
  expect([see("t1"), see("t3"), see("t2")]).toEqual([1, 3, 4]);
});
