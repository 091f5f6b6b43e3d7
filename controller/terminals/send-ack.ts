import { type Ack, type HallId, type TerminalId, topics, wireOf } from "../../protocol/index.ts";
import type { Broker } from "../adapters/broker/broker.ts";

/** Publishes acknowledgements. They are of our own making and many, so they are not parsed once more. */
export function sendAckThrough(hall: HallId, publish: Broker["publish"]): (terminalId: TerminalId, ack: Ack) => void {
  const { qos, retained } = wireOf("ack");
  return (terminalId, ack) =>
    publish(topics.terminal(hall, terminalId, "ack"), JSON.stringify(ack), { qos, retain: retained });
}
