import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assert } from "../../protocol/base/assert.ts";
import type { Level } from "../../protocol/base/levels.ts";
import { milliseconds } from "../../protocol/base/time.ts";
import type { RatingKeypad } from "../../hardware/ports/rating-keypad.ts";
import { KeysDiary, rawKeysContract, type RawKeysRig } from "./raw-keys-contract.ts";

type KeypadFace = Parameters<RatingKeypad["show"]>[0];

/** A keypad, the fingers on it, its cable, and an eye for what it shows. */
export interface RatingKeypadRig extends Omit<RawKeysRig<Level>, "open" | "close" | "order" | "names"> {
  readonly keypad: RatingKeypad;
  face(): KeypadFace;
  /** Closes the keypad and whatever stands around it. */
  release(): Promise<void>;
}

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];

/** What every RatingKeypad keeps, the simulator's and the real ones. */
export function ratingKeypadContract(name: string, makeRig: () => Promise<RatingKeypadRig>): void {
  describe(`RatingKeypad contract: ${name}`, () => {
    let made: RatingKeypadRig | null = null;
    const current = (): RatingKeypadRig => {
      assert(made !== null, "the rig stands");
      return made;
    };
    beforeEach(async () => {
      made = await makeRig();
    });
    afterEach(() => current().release());
    rawKeysContract(() => keysOf(current()));

    test("shows what it was last told, also when that was during a fault", async () => {
      const rig = current();
      const diary = new KeysDiary<Level>();
      await keysOf(rig).open(diary);
      await rig.until("healthy", () => diary.isOk);
      for (const face of ["asking", "thanks", "dark"] as const) {
        rig.keypad.show(face);
        await rig.pass(milliseconds(100));
        expect(rig.face()).toBe(face);
      }
      await rig.unplug();
      rig.keypad.show("asking");
      await rig.plug();
      await rig.until("healthy", () => diary.isOk);
      await rig.until("asking", () => rig.face() === "asking");
    });
  });
}

function keysOf(rig: RatingKeypadRig): RawKeysRig<Level> {
  const { keypad } = rig;
  return {
    ...rig,
    names: LEVELS,
    open: (diary) =>
      keypad.open({
        onEdge: ({ level, ...edge }) => void diary.edges.push({ name: level, ...edge }),
        onHealth: (health) => void diary.health.push(health),
      }),
    close: () => keypad.close(),
    order() {
      for (const face of ["asking", "thanks", "dark"] as const) keypad.show(face);
    },
  };
}
