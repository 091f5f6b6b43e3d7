import { digestOf, emptyHall, evolve, freezeHall, verifyChain } from "../../controller/index.ts";
import { canonicalJson, messageOf } from "../../protocol/index.ts";
import type { Entry, EntryOf } from "../history.ts";
import type { Checker } from "./checker.ts";

/** Only a disk that was damaged holds something else: who doubts another one's log has spoilt it itself. */
const DOUBTS: ReadonlySet<string> = new Set(["STATE_DIVERGED", "LOG_BROKEN"]);

/** The first death over a log, or a snapshot, that nothing had happened to since the last restore. */
function doubtedSoundly(entries: readonly Entry[]): EntryOf<"died"> | undefined {
  let isDamaged = false;
  for (const entry of entries) {
    if (entry.type === "store-damaged") isDamaged = true;
    else if (entry.type === "controller-restored") isDamaged = false;
    else if (entry.type === "died" && DOUBTS.has(entry.cause) && !isDamaged) return entry;
  }
  return undefined;
}

/** I7 and I15: the chain holds, and whoever folds the log from its first event has the running hall's state. */
export const fold: Checker = {
  name: "fold",
  kind: "correctness",
  check({ final, events, history }) {
    const doubted = doubtedSoundly(history.entries);
    if (doubted !== undefined) return [{ invariant: "I7", detail: `a controller ended itself: ${doubted.cause}` }];
    const verdict = verifyChain(final.records);
    if (!verdict.ok) return [{ invariant: "I15", detail: `seq ${verdict.badSeq}: ${verdict.reason}` }];
    const folded = emptyHall();
    try {
      for (const event of events) evolve(folded, event);
    } catch (thrown) {
      return [{ invariant: "I7", detail: `the log does not fold: ${messageOf(thrown)}` }];
    }
    if (final.hall === null || final.hall.position !== folded.position) return [];
    const digests = [final.hall, folded].map((hall) => digestOf(canonicalJson(freezeHall(hall))));
    return digests[0] === digests[1]
      ? []
      : [{ invariant: "I7", detail: "the running hall is not the fold of its log" }];
  },
};
