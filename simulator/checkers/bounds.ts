import { JOURNAL_ROWS_MAX, NEED_INTERVAL } from "../../protocol/index.ts";
import type { History } from "../history.ts";
import { straggling } from "./allowances.ts";
import type { Checker, Evidence, Violation } from "./checker.ts";

/** Two requests for what is missing are so far apart, by a clock that may be 500 ppm fast. */
const ASKED_APART_MS = NEED_INTERVAL - 1;
/** Evidence that a controller keeps at most. */
const QUARANTINE_ROWS_MAX = 1_000;

/**
 * I13: no terminal sends more than the broker allows, and the controller no more to one of them; what is missing is
 * asked for at a bounded rate; cards and evidence stay within their rows. And the wire hands over in order.
 */
export const bounds: Checker = {
  name: "bounds",
  kind: "correctness",
  check(evidence) {
    const { history } = evidence;
    const mayBeOld = straggling(history);
    return [
      ...history.of("flooded").map(({ terminalId }) => ({ invariant: "I13", detail: `${terminalId} sent a flood` })),
      ...history
        .of("heard-out-of-order")
        .filter(({ terminalId, atMs }) => !mayBeOld(terminalId, atMs))
        .map(({ terminalId }) => ({ invariant: "order", detail: `${terminalId} was heard out of order` })),
      ...asking(history),
      ...history.of("said-too-much").map(({ topic }) => ({ invariant: "I13", detail: `${topic}: too much was said` })),
      ...rows(evidence),
    ];
  },
};

/** Of one stream, by one controller; a terminal may begin another stream at any time, and be asked for both. */
function asking(history: History): Violation[] {
  const asked = new Map<string, number>();
  const violations: Violation[] = [];
  for (const entry of history.entries) {
    if (entry.type === "started" && entry.node === "controller") asked.clear();
    if (entry.type !== "gap-asked") continue;
    const { terminalId, stream, atMs } = entry;
    const whose = `${terminalId}/${stream}`;
    const since = atMs - (asked.get(whose) ?? Number.NEGATIVE_INFINITY);
    if (since < ASKED_APART_MS)
      violations.push({ invariant: "I13", detail: `${terminalId} asked again after ${since} ms` });
    asked.set(whose, atMs);
  }
  return violations;
}

function rows({ final }: Evidence): Violation[] {
  const full = final.terminals.filter(({ card }) => card.inputs.size > JOURNAL_ROWS_MAX);
  const cards = full.map(({ terminalId }) => ({ invariant: "I13", detail: `${terminalId} keeps too many rows` }));
  if (final.quarantined <= QUARANTINE_ROWS_MAX) return cards;
  return [...cards, { invariant: "I13", detail: `${final.quarantined} inputs kept as evidence` }];
}
