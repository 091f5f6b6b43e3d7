import { ControllerState, encodeMessage, present, topics, wireOf } from "../protocol/index.ts";
import type { Delivery } from "./adapters/broker/broker.ts";
import type { Engine } from "./engine/engine.ts";
import { VERSION } from "./version.ts";

/** Minor versions of the wire that this build serves. */
const WIRE_MINOR = { min: 1, max: 1 };

/** The retained message that says who leads the hall, as the broker takes it. */
export function announcement(status: ControllerState["status"], engine: Engine): [string, string, Delivery] {
  const { epoch, configuration } = engine.hall;
  const state = { v: 1, status, epoch, version: VERSION, protocol: WIRE_MINOR, hallMs: engine.time().at } as const;
  const { qos, retained } = wireOf("controller");
  const { hall } = present(configuration, "the configuration of a hall that has started");
  return [topics.hall(hall, "controller"), encodeMessage(ControllerState, state), { qos, retain: retained }];
}
