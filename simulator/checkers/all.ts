import type { Checker } from "./checker.ts";
import { fold } from "./fold.ts";
import { gapless } from "./gapless.ts";
import { invariants } from "./invariants.ts";
import { liveness } from "./liveness.ts";
import { taps } from "./taps.ts";
import { totalQueue } from "./total-queue.ts";
import { uniqueIds } from "./unique-ids.ts";

/** Every checker there is, in the order in which they are asked. */
export const CHECKERS: readonly Checker[] = [totalQueue, taps, uniqueIds, gapless, fold, invariants, liveness];
