import { ControllerState, encodeMessage, type HallId, topics, wireOf } from "../protocol/index.ts";
import type { Delivery } from "./adapters/broker/broker.ts";
import type { Engine } from "./engine/engine.ts";
import { VERSION } from "./version.ts";

/** Minor versions of the wire that this build serves. */
const WIRE_MINOR = { min: 1, max: 1 };

/** The retained message that says who leads the hall, as the broker takes it. One that cannot record leads nobody. */
export function announcement(
  status: ControllerState["status"],
  engine: Engine,
  hall: HallId,
): [string, string, Delivery] {
  const { epoch } = engine.hall;
  const { unwritable } = engine;
  const because = unwritable?.code === "CLOCK_UNSET" ? "clock" : "storage";
  const standing = unwritable === null ? ({ status } as const) : ({ status: "down", because } as const);
  const state = { v: 1, ...standing, epoch, version: VERSION, protocol: WIRE_MINOR, hallMs: engine.time().at } as const;
  const { qos, retained } = wireOf("controller");
  return [topics.hall(hall, "controller"), encodeMessage(ControllerState, state), { qos, retain: retained }];
}
