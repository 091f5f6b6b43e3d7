import type { SeedOptions } from "../run-seed.ts";

/** A seed that a mutant does not survive, and the checker that sees it. `run`: the product's own assertions did. */
export interface Killer {
  readonly mutant: string;
  readonly options: Pick<SeedOptions, "seed" | "minutes" | "counters" | "faults" | "attendance"> & {
    /** The simple ones are cheaper and seldom change; a crowd does more. */
    readonly people: "simple" | "crowd";
  };
  readonly checker: string;
}

const simple = { people: "simple" } as const;
const crowd = { people: "crowd" } as const;
/** Halls that keep attendance; the others keep none. */
const keeps = { attendance: "kept" } as const;

/** At least one for every mutant. When the model of the world changes, `hunt` finds them anew. */
export const KILLERS: readonly Killer[] = [
  {
    mutant: "babbling",
    options: { ...crowd, seed: 6, minutes: 20, faults: ["lineReset", "terminalKill"] },
    checker: "bounds",
  },
  { mutant: "no-time-to-live", options: { ...simple, seed: 19, minutes: 15 }, checker: "intents" },
  { mutant: "no-basis-check", options: { ...crowd, seed: 27, minutes: 20 }, checker: "intents" },
  { mutant: "rating-for-any-visit", options: { ...crowd, seed: 6, minutes: 20 }, checker: "ratings" },
  { mutant: "old-will-trusted", options: { ...simple, seed: 10, minutes: 15 }, checker: "presence" },
  { mutant: "old-birth-trusted", options: { ...simple, seed: 10, minutes: 15 }, checker: "presence" },
  {
    mutant: "silence-ignored",
    options: { ...simple, seed: 6, counters: 6, minutes: 30, faults: ["terminalKill", "terminalFuse", "lateWills"] },
    checker: "presence",
  },
  { mutant: "same-epoch", options: { ...simple, seed: 4, minutes: 15 }, checker: "epochs" },
  { mutant: "utc-day", options: { ...simple, seed: 1, minutes: 15 }, checker: "days" },
  { mutant: "wrong-tie-break", options: { ...simple, seed: 1, minutes: 15 }, checker: "fairness" },
  { mutant: "double-sign-on", options: { ...simple, seed: 5, minutes: 20, faults: ["doubleTap"] }, checker: "duty" },
  { mutant: "late-facts-refused", options: { ...simple, seed: 10, minutes: 15 }, checker: "taps" },
  { mutant: "second-ticket", options: { ...simple, seed: 4, minutes: 15 }, checker: "run" },
  {
    mutant: "no-stream-id",
    options: { ...simple, seed: 13, minutes: 15, faults: ["freshCard", "terminalKill"] },
    checker: "liveness",
  },
  {
    mutant: "volatile-seq",
    options: {
      ...crowd,
      seed: 6,
      counters: 3,
      minutes: 20,
      faults: ["terminalFuse", "partition", "lineReset", "controllerKill"],
    },
    checker: "taps",
  },
  {
    mutant: "no-history",
    options: { ...simple, seed: 6, minutes: 20, faults: ["restoredBackup"] },
    checker: "total-queue",
  },
  {
    mutant: "former-forgotten",
    options: { ...simple, seed: 6, minutes: 60, faults: ["cardForgets", "restoredBackup", "terminalKill"] },
    checker: "total-queue",
  },
  { mutant: "green-before-written", options: { ...simple, seed: 1, minutes: 15 }, checker: "taps" },
  {
    mutant: "failed-commit-told",
    options: { ...simple, seed: 2, minutes: 15, faults: ["diskFault"] },
    checker: "acknowledgements",
  },
  {
    mutant: "no-request-keys",
    options: { ...crowd, seed: 30, counters: 3, minutes: 30, faults: ["controllerFuse"] },
    checker: "unique-ids",
  },
  { mutant: "record-edited", options: { ...simple, seed: 4, minutes: 15 }, checker: "fold" },
  { mutant: "no-dedupe", options: { ...simple, seed: 2, minutes: 15 }, checker: "total-queue" },
  {
    mutant: "no-gap-check",
    options: { ...simple, seed: 4, minutes: 15, faults: ["diskFault"] },
    checker: "total-queue",
  },
  {
    mutant: "ack-before-commit",
    options: { ...simple, seed: 2, minutes: 15, faults: ["diskFault"] },
    checker: "acknowledgements",
  },
  { mutant: "async-hook", options: { ...simple, seed: 1, minutes: 15 }, checker: "bounds" },
  {
    mutant: "unlimited-resend",
    options: { ...simple, seed: 4, minutes: 15, faults: ["diskFault"] },
    checker: "bounds",
  },
  { mutant: "sent-is-done", options: { ...simple, seed: 1, minutes: 15 }, checker: "acknowledgements" },
  {
    mutant: "major-ignored",
    options: { ...simple, seed: 3, minutes: 20, faults: ["versionSkew"] },
    checker: "versions",
  },
  {
    mutant: "minor-refused",
    options: { ...simple, seed: 1, minutes: 20, faults: ["versionSkew"] },
    checker: "versions",
  },
  {
    mutant: "deaf-listens",
    options: { ...simple, seed: 1, minutes: 30, faults: ["brokerRestart"] },
    checker: "presence",
  },
  {
    mutant: "cut-log-trusted",
    options: { ...simple, seed: 49, minutes: 20, faults: ["storeDamage"] },
    checker: "damage",
  },
  {
    mutant: "restore-unsaid",
    options: { ...crowd, seed: 2, minutes: 30, faults: ["restoredBackup"] },
    checker: "unique-ids",
  },
  {
    mutant: "full-card-forgets",
    options: { ...simple, seed: 28, minutes: 20, faults: ["smallCard", "partition", "lineHalfOpen"] },
    checker: "taps",
  },
  {
    mutant: "bad-frame-taken",
    options: { ...simple, seed: 1, minutes: 20, faults: ["garbledReads"] },
    checker: "taps",
  },
  { mutant: "key-fires-again", options: { ...simple, seed: 1, minutes: 15 }, checker: "presses" },
  { mutant: "tap-dated-when-sent", options: { ...simple, seed: 3, minutes: 15 }, checker: "attendance" },
  { mutant: "tap-dated-early", options: { ...simple, seed: 2, minutes: 15 }, checker: "attendance" },
  { mutant: "latest-of-in", options: { ...simple, ...keeps, seed: 15, minutes: 15 }, checker: "running-ledger" },
  {
    mutant: "late-taps-forgotten",
    options: { ...simple, ...keeps, seed: 71, minutes: 15 },
    checker: "running-ledger",
  },
  {
    mutant: "setting-ignored",
    options: { ...simple, ...keeps, seed: 7, minutes: 20, faults: ["noBattery", "controllerKill"] },
    checker: "running-ledger",
  },
  {
    mutant: "setting-unsaid",
    options: { ...simple, ...keeps, seed: 7, minutes: 20, faults: ["noBattery", "controllerKill"] },
    checker: "attendance",
  },
  {
    mutant: "settled-unheard",
    options: { ...simple, ...keeps, seed: 16, minutes: 20, counters: 8, faults: ["partition"] },
    checker: "running-ledger",
  },
];
