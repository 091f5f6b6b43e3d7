import type { Checker, Evidence, Violation } from "./checker.ts";

const keyOf = (terminalId: string, stream: string, seq: number): string => `${terminalId}/${stream}/${seq}`;

/**
 * Jepsen's total-queue over inputs. Lost (I1): what is on a card that still lives, or was acknowledged to it, and is
 * not in the log. Unexpected (I2): what is in the log and was never on any card.
 */
export const totalQueue: Checker = {
  name: "total-queue",
  kind: "correctness",
  check: ({ history, final, events }) => {
    const stored = new Set<string>();
    for (const { cause } of events) {
      if (cause.kind === "input") stored.add(keyOf(cause.terminalId, cause.stream, cause.seq));
    }
    return [...lost({ history, final }, stored), ...unexpected({ history }, stored)];
  },
};

function lost({ history, final }: Pick<Evidence, "history" | "final">, stored: ReadonlySet<string>): Violation[] {
  const violations: Violation[] = [];
  const acknowledged = new Map<string, number>();
  for (const { terminalId, stream, upTo } of history.of("ack-observed")) {
    const key = `${terminalId}/${stream}`;
    acknowledged.set(key, Math.max(acknowledged.get(key) ?? 0, upTo));
  }
  // A restored controller is refilled from the cards that are still there; from others it cannot be.
  const restored = history.of("controller-restored").length > 0;
  const live = new Set(final.terminals.map(({ terminalId, card }) => `${terminalId}/${card.stream}`));
  for (const [stream, upTo] of acknowledged) {
    if (restored && !live.has(stream)) continue;
    for (let seq = 1; seq <= upTo; seq += 1) {
      if (stored.has(`${stream}/${seq}`)) continue;
      violations.push({ invariant: "I1", detail: `acknowledged and not in the log: ${stream}/${seq}` });
    }
  }
  for (const { terminalId, card } of final.terminals) {
    for (const seq of card.inputs.keys()) {
      const key = keyOf(terminalId, card.stream ?? "", seq);
      if (seq <= card.done && !stored.has(key)) {
        violations.push({ invariant: "I1", detail: `done on the card and not in the log: ${key}` });
      }
    }
  }
  return violations;
}

function unexpected({ history }: Pick<Evidence, "history">, stored: ReadonlySet<string>): Violation[] {
  const known = new Set<string>();
  const violations: Violation[] = [];
  for (const { terminalId, stream, input } of history.of("input-journalled")) {
    known.add(keyOf(terminalId, stream, input.seq));
  }
  // A stream that was begun anew carries what was not acknowledged, under new seqs; those are the card's own doing.
  const begun = new Set(history.of("stream-begun").map(({ terminalId, stream }) => `${terminalId}/${stream}`));
  for (const key of stored) {
    if (known.has(key) || begun.has(key.slice(0, key.lastIndexOf("/")))) continue;
    violations.push({ invariant: "I2", detail: `in the log and on no card: ${key}` });
  }
  return violations;
}
