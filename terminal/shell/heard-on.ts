import { decodeMessage, parseTopic, WIRE } from "../../protocol/index.ts";
import type { Heard } from "./controller-link.ts";

/** The message, or the code of why it is none. */
export function heardOn(topic: string, text: string): Heard | string {
  switch (parseTopic(topic)?.branch) {
    case "ack": {
      const decoded = decodeMessage(WIRE.ack.schema, text);
      return decoded.ok ? { type: "ack", ack: decoded.value } : decoded.error.code;
    }
    case "desired": {
      const decoded = decodeMessage(WIRE.desired.schema, text);
      return decoded.ok ? { type: "desired", desired: decoded.value } : decoded.error.code;
    }
    case "command": {
      const decoded = decodeMessage(WIRE.command.schema, text);
      return decoded.ok ? { type: "command", command: decoded.value } : decoded.error.code;
    }
    case "controller": {
      const decoded = decodeMessage(WIRE.controller.schema, text);
      return decoded.ok ? { type: "controller", controller: decoded.value } : decoded.error.code;
    }
    default:
      return "unknown-topic";
  }
}
