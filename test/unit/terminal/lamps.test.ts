import { expect, test } from "vitest";
import { keyContextOf } from "../../../terminal/core/face.ts";
import { lampsOf } from "../../../terminal/core/lamps.ts";
import { NO_PRESS, type PendingPress, stepPress } from "../../../terminal/core/pending-press.ts";
import { desired } from "../../support/counter-messages.ts";

const BASIS = { epoch: 7, position: 5 };
const [WAITING] = stepPress(NO_PRESS, { type: "pressed", key: "call", basis: BASIS, shown: { epoch: 7, rev: 5 } });

// A lamp shows what its key is worth: the controller's word, a press under way, or what is left without the controller.
test.each<[string, Parameters<typeof desired>[1] | null, PendingPress, boolean, string, string]>([
  ["as the controller says", "idle", NO_PRESS, true, "on", "off"],
  ["the pressed key blinks", "idle", WAITING, true, "blink", "off"],
  ["it goes on blinking when the link is lost", "idle", WAITING, false, "blink", "off"],
  ["without the controller idle keys are dark", "idle", NO_PRESS, false, "off", "off"],
  ["without the controller the start is still taken", "called", NO_PRESS, false, "off", "on"],
  ["without the controller the finish is still taken", "serving", NO_PRESS, false, "on", "off"],
  ["before the first face both are dark", null, NO_PRESS, false, "off", "off"],
])("%s", (_, phase, press, connected, call, pause) => {
  const face = phase === null ? null : desired(5, phase);
  expect(lampsOf(face, keyContextOf({ desired: face, overlay: null }), press, connected)).toEqual({ call, pause });
});
