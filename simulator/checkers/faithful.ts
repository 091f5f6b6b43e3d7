import type { HallEvent } from "../../controller/index.ts";
import type { Input } from "../../protocol/index.ts";
import type { Checker, Violation } from "./checker.ts";
import { inputsByKey, keyOfCause } from "./timeline.ts";

/** I2, I3: what the log says that an input was is what lies under that key on its card: no seq means two things. */
export const faithful: Checker = {
  name: "faithful",
  kind: "correctness",
  check({ history, events }) {
    const journalled = inputsByKey(history);
    const violations: Violation[] = [];
    for (const event of events) {
      const key = keyOfCause(event);
      const said = key === null ? undefined : journalled.get(key);
      if (said === undefined || said.some(({ input }) => isOf(event, input))) continue;
      const types = said.map(({ input }) => input.type).join(", ");
      violations.push({ invariant: "I2", detail: `seq ${event.seq}: ${event.type} of ${key}, which is ${types}` });
    }
    return violations;
  },
};

function isOf(event: HallEvent, { type, body }: Input): boolean {
  switch (event.type) {
    case "badge.recorded":
    case "badge.noted":
      return type === "badge-presented" && body["badge"] === event.data.badge;
    case "rating.given":
      return type === "rating-given" && body["visitId"] === event.data.visitId && body["level"] === event.data.level;
    case "intent.refused":
    case "fact.recorded":
    case "input.rejected":
      return type === event.data.input;
    case "visit.started":
      return type === "service-started" && body["visitId"] === event.data.visitId;
    case "assistance.requested":
      return type === "assistance-requested";
    default:
      return true;
  }
}
