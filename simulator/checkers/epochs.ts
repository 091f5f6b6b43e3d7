import type { Checker, Violation } from "./checker.ts";

/** Every start of the controller has an epoch of its own, above all that anybody has heard of; restores included. */
export const epochs: Checker = {
  name: "epochs",
  kind: "correctness",
  check({ history, events, final }) {
    const violations: Violation[] = [];
    let last = 0;
    for (const event of events) {
      if (event.type !== "controller.started" && event.type !== "epoch.raised") continue;
      const { epoch } = event.data;
      if (epoch <= last) violations.push({ invariant: "epoch", detail: `seq ${event.seq}: ${epoch} after ${last}` });
      last = epoch;
    }
    const heard = Math.max(0, ...history.of("epoch-announced").map(({ epoch }) => epoch));
    if (final.hall !== null && final.hall.epoch < heard) {
      violations.push({
        invariant: "epoch",
        detail: `the hall is at epoch ${final.hall.epoch}, ${heard} was announced`,
      });
    }
    return violations;
  },
};
