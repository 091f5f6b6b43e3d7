import { readEvent } from "../../controller/index.ts";
import { goneForGood } from "./allowances.ts";
import type { Checker, Evidence } from "./checker.ts";
import { setFull as setFullOf, type SetOperation } from "./jepsen/set-full.ts";
import { inputKey, keyOfCause } from "./timeline.ts";

/**
 * I1 over all logs there ever were, Jepsen's set-full: inputs go into a set, each log that a restore threw away is a
 * read of it, and so is the last one. What was acknowledged, or read once, is in the last read, unless nobody has it.
 */
export const setFull: Checker = {
  name: "set-full",
  kind: "correctness",
  check(evidence) {
    if (evidence.final.forgotten.length === 0) return []; // One read: total-queue says the same.
    const { history } = evidence;
    const { lost } = setFullOf([...adds(evidence), ...reads(evidence)]);
    if (lost.length === 0) return [];
    const gone = goneForGood(history);
    return lost
      .filter((key) => !gone.has(key))
      .map((key) => ({ invariant: "I1", detail: `it was in a log, or acknowledged, and is in none any more: ${key}` }));
  },
};

function adds({ history }: Evidence): SetOperation<string>[] {
  const okAt = new Map<string, number>();
  const done = new Map<string, number>();
  for (const { terminalId, stream, upTo, atMs } of history.of("ack-observed")) {
    const of = `${terminalId}/${stream}`;
    for (let seq = (done.get(of) ?? 0) + 1; seq <= upTo; seq += 1) okAt.set(`${of}/${seq}`, atMs);
    done.set(of, Math.max(done.get(of) ?? 0, upTo));
  }
  return history.of("input-journalled").map(({ terminalId, stream, input, atMs }) => {
    const element = inputKey(terminalId, stream, input.seq);
    return { f: "add", element, invokedAt: atMs, okAt: okAt.get(element) ?? null };
  });
}

function reads({ events, final, history }: Evidence): SetOperation<string>[] {
  const end = (history.entries.at(-1)?.atMs ?? 0) + 1;
  const inputsOf = (log: readonly (typeof events)[number][]): string[] => [
    ...new Set(log.flatMap((event) => keyOfCause(event) ?? [])),
  ];
  // What a later restore kept of the log before an earlier one is not looked up again: what was thrown away is enough.
  const thrownAway = final.forgotten.map(({ atMs, records }): SetOperation<string> => {
    return { f: "read", elements: inputsOf(records.map(readEvent)), invokedAt: atMs, okAt: atMs };
  });
  return [...thrownAway, { f: "read", elements: inputsOf(events), invokedAt: end, okAt: end }];
}
