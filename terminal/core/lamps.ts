import type { Desired, Lamp } from "../../protocol/index.ts";
import { GESTURE_TABLE, type KeyContext } from "./gestures.ts";
import type { KeyName } from "./key-gestures.ts";
import type { PendingPress } from "./pending-press.ts";

export type Lamps = Readonly<Record<KeyName, Lamp>>;

/**
 * The lamps in the two keys: the controller's, but a key whose press waits for its answer blinks, and without the
 * controller a lamp burns only where the short press is still taken.
 */
export function lampsOf(
  face: Desired | null,
  context: KeyContext | null,
  press: PendingPress,
  connected: boolean,
): Lamps {
  return { call: lampOf("call"), pause: lampOf("pause") };

  function lampOf(key: KeyName): Lamp {
    if (press.phase !== "none" && press.key === key) return "blink";
    if (connected) return face?.lamps[key] ?? "off";
    if (context === null) return "off";
    return GESTURE_TABLE[context.row][`${key}-short`].kind === "fact" ? "on" : "off";
  }
}
