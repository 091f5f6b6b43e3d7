import { readFileSync } from "node:fs";
import { assert, HallError } from "../../../protocol/index.ts";
import { verifyChain } from "../../../controller/engine/chain.ts";
import type { LogRecord } from "../../../controller/engine/ports.ts";
import { readEvent } from "../../../controller/engine/upcast.ts";
import { bytesOf, type FuzzTarget, textOf } from "../fuzz-target.ts";

const REFUSALS: ReadonlySet<string> = new Set(["LOG_BROKEN", "DATA_NEWER", "DATA_OLDER"]);

/** A record that somebody wrote by hand is an event or refused in words; it never passes for a link of the chain. */
function fuzz(bytes: Uint8Array): void {
  const stored: LogRecord = { seq: 1, record: textOf(bytes), hash: "0".repeat(64) };
  assert(!verifyChain([stored]).ok, "no record without its hash");
  try {
    assert(readEvent(stored).seq === 1, "an event stands where it says");
  } catch (thrown) {
    if (!(thrown instanceof HallError) || !REFUSALS.has(thrown.code)) throw thrown;
  }
}

const golden = (): string[] =>
  readFileSync(new URL("../../fixtures/golden/0.1.0.jsonl", import.meta.url), "utf8")
    .split("\n")
    .slice(0, 40);

export const logRecords: FuzzTarget = {
  name: "log-records",
  fuzz,
  seeds: () => [...golden().map(bytesOf), bytesOf('{"type":"__proto__","schemaVersion":1,"seq":1}')],
};
