import type { HallEvent } from "../../controller/index.ts";
import type { EntryOf, History } from "../history.ts";
import type { Evidence } from "./checker.ts";
import { oncePerHistory } from "./once-per-history.ts";

export type InputEntry = EntryOf<"input-journalled">;

export const inputKey = (terminalId: string, stream: string, seq: number): string => `${terminalId}/${stream}/${seq}`;

/** A dozen checkers ask for each event's: written once, it is also looked up without being hashed again. */
const causes = new WeakMap<HallEvent, string>();

/** Of an event that came of an input: that input's key, else null. */
export function keyOfCause(event: HallEvent): string | null {
  const { cause } = event;
  if (cause.kind !== "input") return null;
  const known = causes.get(event);
  if (known !== undefined) return known;
  const key = inputKey(cause.terminalId, cause.stream, cause.seq);
  causes.set(event, key);
  return key;
}

/** When, by the world's time, each event of the log came to be on the disk; `untilMs`: of the log as it was then. */
export function storedAt({ history }: Pick<Evidence, "history">, untilMs = Infinity): (seq: number) => number {
  return untilMs === Infinity ? storedAtEnd(history) : storedUntil(history, untilMs);
}

const storedAtEnd = oncePerHistory((history) => storedUntil(history, Infinity));

function storedUntil(history: History, untilMs: number): (seq: number) => number {
  const times: number[] = [];
  for (const { atMs, from, to } of history.of("batch-stored")) {
    if (atMs > untilMs) break;
    for (let seq = from; seq <= to; seq += 1) times[seq] = atMs; // A restored log writes its later seqs again.
  }
  return (seq) => times[seq] ?? 0;
}

/** What lay on cards under a key: more than one only where a lying card gave a seq out again. */
export const inputsByKey = oncePerHistory(
  (history): ReadonlyMap<string, readonly InputEntry[]> =>
    Map.groupBy(history.of("input-journalled"), ({ terminalId, stream, input }) =>
      inputKey(terminalId, stream, input.seq),
    ),
);

/** From each start of a node to its death; the last one may be open. */
export function livesOf(history: History, node: string): { readonly from: number; readonly to: number }[] {
  const lives: { from: number; to: number }[] = [];
  for (const entry of history.entries) {
    if (entry.type === "started" && entry.node === node) {
      lives.push({ from: entry.atMs, to: Number.POSITIVE_INFINITY });
    } else if (entry.type === "died" && entry.node === node) {
      const last = lives.at(-1);
      if (last !== undefined) last.to = entry.atMs;
    }
  }
  return lives;
}
