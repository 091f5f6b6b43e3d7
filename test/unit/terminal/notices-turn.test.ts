import { expect, test } from "vitest";
import { bilingual, type Desired } from "../../../protocol/index.ts";
import { desired } from "../../support/counter-messages.ts";
import { TerminalCoreRig } from "../../support/terminal-core-rig.ts";

const HOTLINE = bilingual("热线 12345", "Hotline 12345");
const HOURS = bilingual("工作时间 09:00-17:00", "Open 09:00-17:00");

function telling(rev: number, phase: Desired["phase"], ...notices: Desired["nameplate"]["notices"]): Desired {
  const face = desired(rev, phase);
  return { ...face, nameplate: { ...face.nameplate, notices } };
}

test("several notices take turns, each for eight seconds", () => {
  const rig = new TerminalCoreRig();
  rig.online(telling(5, "idle", HOTLINE, HOURS));
  const feet = [rig.foot];
  for (let turn = 0; turn < 3; turn += 1) {
    rig.advance(8_000);
    feet.push(rig.foot);
  }
  expect(feet).toEqual([HOTLINE.zh, HOURS.zh, HOTLINE.zh, HOURS.zh]);
});

// Three hundred windows that wake for nothing are a load for nothing.
test("one notice, or nobody to tell it to, wakes nobody", () => {
  const rig = new TerminalCoreRig();
  rig.online(telling(5, "idle", HOTLINE));
  expect(rig.state.noticesTurn).toBe(false);
  rig.show(telling(6, "serving", HOTLINE, HOURS));
  expect(rig.state.noticesTurn).toBe(false);
});

// Faces that come and go must not add wake to wake: the turns would come ever faster.
test("turns begin again with the next face that has several, at the same pace", () => {
  const rig = new TerminalCoreRig();
  rig.online(telling(5, "idle", HOTLINE, HOURS));
  for (let rev = 6; rev < 20; rev += 2) {
    rig.show(telling(rev, "serving"));
    rig.show(telling(rev + 1, "idle", HOTLINE, HOURS));
  }
  rig.advance(6_500);
  expect(rig.foot).toBe(HOTLINE.zh);
  rig.advance(1_000);
  expect(rig.foot).toBe(HOURS.zh);
  rig.show(telling(30, "serving"));
  rig.advance(60_000);
  expect(rig.state.noticesTurn).toBe(false);
  rig.show(telling(31, "idle", HOTLINE, HOURS));
  const before = rig.foot;
  rig.advance(8_000);
  expect(rig.foot).not.toBe(before);
});
