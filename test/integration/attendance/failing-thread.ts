import { parentPort, workerData } from "node:worker_threads";

// A drawing thread that goes wrong in the way its order names.

const { period } = workerData as { readonly period: string };
const kept: number[][] = [];
switch (period) {
  case "throw":
    throw new TypeError("a bug");
  case "memory":
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, at) => at / 7));
  case "babble":
    parentPort?.postMessage({ what: "is this" });
    break;
  case "never":
    for (;;) kept.length = 0;
  default: // Ends without a word.
}
