import type { Final } from "../history.ts";
import type { Checker, Violation } from "./checker.ts";

/** I8: some time after all faults have ended, everything is connected, every journal is empty, every face is shown. */
export const liveness: Checker = {
  name: "liveness",
  kind: "liveness",
  check: ({ final }) => atRest(final),
};

/** What keeps a hall from being at rest at this moment; the world asks it too, lest it end in the middle of a word. */
export function atRest(final: Final): Violation[] {
  if (final.hall === null) return [{ invariant: "I8", detail: "the controller is not up" }];
  const violations: Violation[] = [];
  const add = (detail: string): void => void violations.push({ invariant: "I8", detail });
  for (const { terminalId, card, connected } of final.terminals) {
    if (connected !== true) add(`${terminalId} is ${connected === null ? "down" : "not connected"}`);
    if (card.done < card.head) add(`${terminalId} still keeps ${card.head - card.done} inputs`);
  }
  for (const { terminalId, online, sent, shown } of final.sights) {
    if (!online) add(`${terminalId} is shown as lost`);
    if (shown !== sent) add(`${terminalId} shows face ${shown}, was sent ${sent}`);
  }
  return violations;
}
