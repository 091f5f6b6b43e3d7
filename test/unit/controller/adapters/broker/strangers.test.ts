import { Socket } from "node:net";
import { expect, test } from "vitest";
import { STRANGERS_MAX, STRANGERS_PER_ADDRESS_MAX } from "../../../../../controller/adapters/broker/broker-limits.ts";
import { type Stranger, Strangers } from "../../../../../controller/adapters/broker/strangers.ts";

// Those who have not shown a certificate yet are bounded, and the bound hits whoever sends the most of them (I13).

let cancelled = 0;
const stranger = (address: string, port: number): Stranger => ({
  socket: new Socket(),
  address,
  key: `${address} ${port}`,
  deadline: { cancel: () => (cancelled += 1) },
});

test("one address has room for so many, and another one still has", () => {
  const strangers = new Strangers();
  for (let port = 0; port < STRANGERS_PER_ADDRESS_MAX; port += 1) strangers.add(stranger("10.0.0.1", port));
  expect(strangers.hasRoomFor("10.0.0.1")).toBe(false);
  expect(strangers.hasRoomFor("10.0.0.2")).toBe(true);
});

test("when all are too many, the oldest of the busiest address has to go", () => {
  const strangers = new Strangers();
  const enemies = Array.from({ length: STRANGERS_PER_ADDRESS_MAX }, (_, port) => stranger("10.0.0.1", port));
  for (const enemy of enemies) expect(strangers.add(enemy)).toBeNull();
  for (let host = 0; strangers.count < STRANGERS_MAX; host += 1) strangers.add(stranger(`10.0.1.${host}`, 1));
  expect(strangers.add(stranger("10.0.0.2", 1))).toBe(enemies[0]);
});

test("one who goes leaves its place and its deadline, once", () => {
  const strangers = new Strangers();
  const one = stranger("10.0.0.1", 1);
  strangers.add(one);
  cancelled = 0;
  expect([strangers.remove(one), strangers.remove(one)]).toEqual([true, false]);
  expect([strangers.count, cancelled]).toEqual([0, 1]);
});
