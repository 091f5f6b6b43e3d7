import { acknowledgements } from "./acknowledgements.ts";
import { attendance } from "./attendance/attendance.ts";
import { bounds } from "./bounds.ts";
import { calls } from "./calls.ts";
import type { Checker } from "./checker.ts";
import { clocks } from "./clocks.ts";
import { damage } from "./damage.ts";
import { days } from "./days.ts";
import { duty } from "./duty.ts";
import { epochs } from "./epochs.ts";
import { fairness } from "./fairness.ts";
import { faithful } from "./faithful.ts";
import { fold } from "./fold.ts";
import { gapless } from "./gapless.ts";
import { intents } from "./intents.ts";
import { invariants } from "./invariants.ts";
import { liveness } from "./liveness.ts";
import { presence } from "./presence.ts";
import { presses } from "./presses.ts";
import { ratings } from "./ratings.ts";
import { runningLedger, settles } from "./running-ledger.ts";
import { setFull } from "./set-full.ts";
import { stuck } from "./stuck.ts";
import { taps } from "./taps.ts";
import { totalQueue } from "./total-queue.ts";
import { uniqueIds } from "./unique-ids.ts";
import { versions } from "./versions.ts";
import { visits } from "./visits.ts";

/** Every checker there is, in the order in which they are asked. */
export const CHECKERS: readonly Checker[] = [
  totalQueue,
  setFull,
  faithful,
  acknowledgements,
  taps,
  attendance,
  runningLedger,
  ratings,
  uniqueIds,
  gapless,
  intents,
  presses,
  presence,
  calls,
  visits,
  duty,
  fairness,
  days,
  clocks,
  epochs,
  bounds,
  versions,
  damage,
  fold,
  invariants,
  liveness,
  settles,
  stuck,
];
