import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assert } from "../../protocol/base/assert.ts";
import { milliseconds } from "../../protocol/base/time.ts";
import type { ButtonLampState, ButtonName, ButtonPanel } from "../../hardware/ports/button-panel.ts";
import { KeysDiary, rawKeysContract, type RawKeysRig } from "./raw-keys-contract.ts";

/** A panel, the fingers on it, its cable, and an eye and an ear for what it shows and sounds. */
export interface ButtonPanelRig extends Omit<RawKeysRig<ButtonName>, "open" | "close" | "order" | "names"> {
  readonly panel: ButtonPanel;
  lampOf(button: ButtonName): ButtonLampState;
  /** Sounds so far. */
  beeps(): number;
  /** Closes the panel and whatever stands around it. */
  release(): Promise<void>;
}

const BUTTONS: readonly ButtonName[] = ["call", "pause"];
const MOMENT = milliseconds(100);

/** What every ButtonPanel keeps, the simulator's and the real ones. */
export function buttonPanelContract(name: string, makeRig: () => Promise<ButtonPanelRig>): void {
  describe(`ButtonPanel contract: ${name}`, () => {
    let made: ButtonPanelRig | null = null;
    const current = (): ButtonPanelRig => {
      assert(made !== null, "the rig stands");
      return made;
    };
    beforeEach(async () => {
      made = await makeRig();
    });
    afterEach(() => current().release());
    rawKeysContract(() => keysOf(current()));
    lampsAndBeeps(current);
  });
}

function keysOf(rig: ButtonPanelRig): RawKeysRig<ButtonName> {
  const { panel } = rig;
  return {
    ...rig,
    names: BUTTONS,
    open: (diary) =>
      panel.open({
        onEdge: ({ button, ...edge }) => void diary.edges.push({ name: button, ...edge }),
        onHealth: (health) => void diary.health.push(health),
      }),
    close: () => panel.close(),
    order() {
      for (const button of BUTTONS) panel.light(button, "blink");
      panel.beep("refused");
    },
  };
}

function lampsAndBeeps(current: () => ButtonPanelRig): void {
  test("each lamp shows its own last order, and every beep sounds", async () => {
    const rig = current();
    const diary = new KeysDiary<ButtonName>();
    await keysOf(rig).open(diary);
    await rig.until("healthy", () => diary.isOk);
    for (const lamp of ["on", "blink", "off"] as const) {
      rig.panel.light("call", lamp);
      await rig.pass(MOMENT);
      expect([rig.lampOf("call"), rig.lampOf("pause")]).toEqual([lamp, "off"]);
    }
    for (const pattern of ["accepted", "refused", "refused", "attention"] as const) {
      rig.panel.beep(pattern);
      await rig.pass(milliseconds(1000));
    }
    expect(rig.beeps()).toBe(4);
  });

  test("after a fault the lamps burn as they were ordered meanwhile", async () => {
    const rig = current();
    const diary = new KeysDiary<ButtonName>();
    await keysOf(rig).open(diary);
    await rig.until("healthy", () => diary.isOk);
    await rig.unplug();
    rig.panel.light("pause", "on");
    await rig.plug();
    await rig.until("healthy", () => diary.isOk);
    await rig.until("lit", () => rig.lampOf("pause") === "on");
  });
}
