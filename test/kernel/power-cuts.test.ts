// Proves in a virtual machine that a power cut takes nothing back that anybody was told: the disk forgets, in any part,
// what the product did not flush. Then that this would be noticed: where flushes are swallowed, facts are missing.
import { afterEach, expect, test } from "vitest";
import { SeededRandom } from "../support/seeded-random.ts";
import { type BootKind, CutHall } from "./cut-hall.ts";
import { cutPower, prepareMachine } from "./power-cuts.ts";

const CUTS = Number(process.env["POWER_CUTS"] ?? 20);
const SEED = Number(process.env["POWER_CUT_SEED"] ?? 1);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

let hall: CutHall | null = null;
afterEach(() => {
  hall?.remove(false);
  hall = null;
});

test(`${CUTS} power cuts, and nothing acknowledged is gone`, async () => {
  const { wrong, ...figures } = await cutPower({ cuts: CUTS, seed: SEED, say });
  say(`power cuts: ${JSON.stringify({ ...figures, lost: wrong.length })}`);
  expect(wrong).toEqual([]);
  expect(figures.promises).toBeGreaterThan(CUTS);
  expect(figures.dropped, "writes that a cut took").toBeGreaterThan(0);
});

/** One boot, some work, one cut that lets `survival` of the unconfirmed writes last. */
async function lossesOf(kind: Pick<BootKind, "flushes" | "preload">, survival: number): Promise<readonly string[]> {
  hall = await CutHall.make({ ...(await prepareMachine()), ...kind }, new SeededRandom(SEED));
  await hall.cut({ from: "promise", afterMs: 4_000, changes: 1, fate: { survival, tears: false } });
  expect(hall.promises).toBeGreaterThan(0);
  const wrong = hall.judge(false);
  say(`${JSON.stringify(kind)}: ${hall.promises} promises, ${wrong.length} broken`);
  return wrong;
}

test("a disk that swallows flushes, as under cache=unsafe, loses promises, and the loss is seen", async () => {
  expect((await lossesOf({ flushes: "swallowed" }, 0)).length).toBeGreaterThan(0);
});

test("SQLite with synchronous=OFF is caught, even by a disk that forgets nothing it was given", async () => {
  expect((await lossesOf({ flushes: "kept", preload: "synchronous-off" }, 1)).length).toBeGreaterThan(0);
});
