import type { Checker, Evidence, Violation } from "./checker.ts";
import { storedAt } from "./timeline.ts";

/** The hall's time is right when what is recorded is dated like this, at most. Milliseconds. */
const TRUE_WITHIN_MS = 30_000;

/** I8: nobody is stuck. After the faults, patient hands at an open window get a fresh ticket called and begun. */
export const stuck: Checker = {
  name: "stuck",
  kind: "liveness",
  check(evidence) {
    const { history } = evidence;
    const tried = history.of("patience-ended");
    if (tried.length === 0 || !hoursAreTrue(evidence)) return [];
    const violations: Violation[] = [];
    for (const { counterId, sign, served } of tried) {
      if (served) continue;
      violations.push({
        invariant: "I8",
        detail: `window ${counterId} serves nobody after the faults; it shows ${sign}`,
      });
    }
    return violations;
  },
};

/** With a clock that nobody trusts, windows may be closed by the hall's time and open by everybody else's. */
function hoursAreTrue(evidence: Evidence): boolean {
  const timeOf = storedAt(evidence);
  const healedAt = evidence.history.of("healed")[0]?.atMs ?? 0;
  return evidence.events
    .filter(({ seq }) => timeOf(seq) >= healedAt)
    .every(
      ({ seq, recordedAtMs, clock }) => clock === "trusted" && Math.abs(recordedAtMs - timeOf(seq)) < TRUE_WITHIN_MS,
    );
}
