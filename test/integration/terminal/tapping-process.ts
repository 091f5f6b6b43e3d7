import { writeSync } from "node:fs";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { epochMs, present, silentLog } from "../../../protocol/index.ts";
import { openSqliteJournal } from "../../../terminal/adapters/sqlite-journal.ts";
import { badgeDraft, HALL_NOW } from "../../support/counter-messages.ts";

// A terminal reduced to its promise: journals taps as fast as it can, and says "green" for each once it is kept. Is
// killed from outside, at any moment.

const file = present(process.argv[2], "the journal's file");
const journal = openSqliteJournal({ file, random: systemRandom, log: silentLog });
writeSync(1, "ready\n");
for (let tap = 0; ; tap += 1) {
  const stored = journal.append(badgeDraft(tap));
  if (!stored.ok) break;
  writeSync(1, `green ${stored.value.seq} ${tap}\n`);
  // A controller that acknowledges now and then: the journal is written from both sides.
  if (tap % 7 === 0) journal.acknowledge(stored.value.seq, epochMs(HALL_NOW));
}
