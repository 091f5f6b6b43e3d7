import type { Checker, Violation } from "./checker.ts";

/** I15: a damaged log is found before anything is written to it; only a copy that is put in its place goes on. */
export const damage: Checker = {
  name: "damage",
  kind: "correctness",
  check({ history }) {
    const violations: Violation[] = [];
    let broken: string | null = null;
    for (const entry of history.entries) {
      if (entry.type === "store-damaged" && entry.how !== "snapshot") broken = entry.how;
      else if (entry.type === "controller-restored") broken = null;
      else if (entry.type === "batch-stored" && broken !== null) {
        violations.push({ invariant: "I15", detail: `seq ${entry.from} was written to a damaged log (${broken})` });
        broken = null;
      }
    }
    return violations;
  },
};
