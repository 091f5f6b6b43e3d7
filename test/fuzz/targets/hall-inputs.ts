import { assert, epochMs, Input, StreamId } from "../../../protocol/index.ts";
import { decideTotally } from "../../../controller/engine/batch.ts";
import { breachesIn } from "../../../controller/core/check-hall.ts";
import type { Command } from "../../../controller/core/commands.ts";
import { decide } from "../../../controller/core/hall.ts";
import { badge, TestHall, terminalId, uuid } from "../../support/test-hall.ts";
import { bytesOf, type FuzzTarget, textOf } from "../fuzz-target.ts";

/**
 * A window at work, and one input that no terminal would send, as JSON: an undecidable input would cost its stream a
 * quarantine, a broken invariant the hall. The first byte chooses what the window is at.
 */
function fuzz(bytes: Uint8Array): void {
  const input = read(bytes.subarray(1));
  if (input === null) return;
  const hall = hallAt((bytes[0] ?? 0) % 4);
  const at = hall.now;
  const earliest = epochMs(Math.min(input.hallMs, at));
  const stream = StreamId.parse(uuid(950_000));
  const command: Command = {
    type: "apply-input",
    terminalId: terminalId(1),
    stream,
    input: { ...input, seq: 1 },
    occurred: { earliest, latest: at },
    commandId: uuid(800_000),
    at,
    clockTrusted: true,
  };
  const onUndecidable = (thrown: unknown): never => {
    throw thrown;
  };
  const decided = decideTotally({ decide, hall: hall.hall, command, unusable: undefined, onUndecidable });
  assert(decided.ok && decided.value.length > 0, "every input leaves a trace in the log");
  assert(breachesIn(hall.hall).length === 0, "deciding changes nothing");
}

function read(bytes: Uint8Array): Input | null {
  try {
    const parsed = Input.safeParse(JSON.parse(textOf(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

const halls = new Map<number, TestHall>();

/** Nothing is folded in, so one hall per stage serves all calls. */
function hallAt(stage: number): TestHall {
  const known = halls.get(stage);
  if (known !== undefined) return known;
  const hall = new TestHall();
  hall.born(1);
  if (stage > 0) hall.signOn(1);
  if (stage === 2) hall.serve(1);
  if (stage === 3) hall.input(1, "service-finished", hall.serve(1));
  halls.set(stage, hall);
  return hall;
}

const sample = (type: string, body: object, more: object = {}): Uint8Array => {
  const kind = "basis" in more ? "intent" : "fact";
  const frame = { v: 1, seq: 1, boot: 1, kind, type, monoMs: 5, hallMs: 1_772_413_200_000, synced: true };
  return bytesOf(`\x02${JSON.stringify({ ...frame, ...more, body })}`);
};
const pressed = { basis: { epoch: 1, position: 9 }, ttlMs: 5_000 };

export const hallInputs: FuzzTarget = {
  name: "hall-inputs",
  fuzz,
  seeds: () => [
    sample("badge-presented", { badge: badge(1) }),
    sample("service-finished", { visitId: uuid(3) }),
    sample("rating-given", { visitId: uuid(3), level: 5 }),
    sample("device-fault", { device: "call-key", fault: "stuck", state: "raised" }),
    sample("assistance-requested", {}),
    sample("call-next", {}, pressed),
    sample("recall", { visitId: uuid(3) }, pressed),
    sample("cycle-pause", {}, pressed),
  ],
};
