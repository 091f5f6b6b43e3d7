import { goneWithCards, goneWithQuota, streamsBegun, wasRestored } from "./allowances.ts";
import type { Checker, Evidence, Violation } from "./checker.ts";
import { totalQueue as totalQueueOf } from "./jepsen/total-queue.ts";
import { inputKey, keyOfCause } from "./timeline.ts";

/**
 * Jepsen's total-queue over inputs. Put in: whatever lay on a card. Acknowledged: what was acknowledged to a terminal,
 * or lies on a card that still lives. Lost (I1): acknowledged and not in the log. Unexpected (I2): in the log and never
 * on any card.
 */
export const totalQueue: Checker = {
  name: "total-queue",
  kind: "correctness",
  check(evidence) {
    const { history, events } = evidence;
    const begun = streamsBegun(history);
    const inLog = new Set(events.flatMap((event) => keyOfCause(event) ?? []));
    const attempts = history
      .of("input-journalled")
      .map(({ terminalId, stream, input }) => inputKey(terminalId, stream, input.seq));
    // A stream that was begun anew carries what was not acknowledged, under new seqs; nobody saw those being written.
    const carried = [...inLog].filter((key) => begun.has(key.slice(0, key.lastIndexOf("/"))));
    const { lost, unexpected } = totalQueueOf({
      attempts: new Set([...attempts, ...carried]),
      enqueues: acknowledged(evidence),
      dequeues: inLog,
    });
    return [
      ...lost.map((key): Violation => ({ invariant: "I1", detail: `acknowledged and not in the log: ${key}` })),
      ...unexpected.map((key): Violation => ({ invariant: "I2", detail: `in the log and on no card: ${key}` })),
    ];
  },
};

function acknowledged({ history, final }: Evidence): Set<string> {
  const promised = new Set<string>();
  const highest = new Map<string, number>();
  for (const { terminalId, stream, upTo } of history.of("ack-observed")) {
    const key = `${terminalId}/${stream}`;
    highest.set(key, Math.max(highest.get(key) ?? 0, upTo));
  }
  // A restored controller is refilled from the cards that are still there; from others it cannot be.
  const live = new Set(
    final.terminals.flatMap(({ terminalId, card }) =>
      [card.stream, ...card.former.keys()].map((stream) => `${terminalId}/${stream}`),
    ),
  );
  for (const [stream, upTo] of highest) {
    if (wasRestored(history) && !live.has(stream)) continue;
    for (let seq = 1; seq <= upTo; seq += 1) promised.add(`${stream}/${seq}`);
  }
  const gone = wasRestored(history) ? goneWithCards(history).union(goneWithQuota(history)) : new Set<string>();
  for (const { terminalId, card } of final.terminals) {
    for (const seq of card.inputs.keys()) {
      if (seq <= card.done) promised.add(inputKey(terminalId, card.stream ?? "", seq));
    }
  }
  return promised.difference(gone);
}
