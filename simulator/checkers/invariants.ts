import type { Checker } from "./checker.ts";

/** I3, I5, I6, I13 as the running hall itself sees them: what `breachesIn` found, at every look and at the end. */
export const invariants: Checker = {
  name: "invariants",
  kind: "correctness",
  check: ({ final }) =>
    [...new Set(final.breaches)].map((breach) => ({ invariant: breach.split(":")[0] ?? "I5", detail: breach })),
};
