import { accepted, CounterId, type Json, type Result, refused } from "../../../../protocol/index.ts";
import type { Command, Rejection } from "../../../../controller/core/commands.ts";
import type { EventDraft, HallEvent } from "../../../../controller/core/events.ts";
import { cursorKey, emptyHall, type HallState, type HallView } from "../../../../controller/core/state.ts";

// The smallest hall that an engine can run: one event per order, and orders that are refused, throw or do nothing.

export const COUNTER = CounterId.parse("1");
const NOBODY = { actor: { kind: "controller" }, correlation: null } as const;

const happened: EventDraft = { type: "assistance.requested", data: { counterId: COUNTER }, ...NOBODY };

/** Service "none" is refused; service "first-only" is refused once anything has happened, committed or not. */
export function toyDecide(hall: HallView, command: Command): Result<readonly EventDraft[], Rejection> {
  switch (command.type) {
    case "issue-ticket":
      if (command.serviceId === "none") return refused({ code: "unknown-service", detail: "none" });
      if (command.serviceId !== "first-only" || hall.position === 0) return accepted([happened]);
      return refused({ code: "not-open", detail: "somebody was first" });
    case "apply-input":
      return toyInput(command);
    case "note-birth": {
      const { terminalId, birth } = command;
      const from = (hall.cursors.get(cursorKey(terminalId, birth.stream)) ?? 0) + 1;
      if (birth.tail <= from) return accepted([]);
      const data = { terminalId, stream: birth.stream, from, to: birth.tail - 1 };
      return accepted([{ type: "stream.hole", data, ...NOBODY }]);
    }
    default:
      return accepted([]);
  }
}

function toyInput({ input }: Extract<Command, { type: "apply-input" }>): Result<readonly EventDraft[], Rejection> {
  if (input.type === "poison") throw new TypeError("poison");
  if (input.type === "nothing") return accepted([]);
  if (input.kind === "fact") return accepted([happened]);
  const data = { counterId: COUNTER, input: "recall", code: "outdated", basis: null } as const;
  return accepted([{ type: "intent.refused", data, ...NOBODY }]);
}

export function toyEvolve(hall: HallState, event: HallEvent): void {
  const { cause } = event;
  if (cause.kind === "input") hall.cursors.set(cursorKey(cause.terminalId, cause.stream), cause.seq);
  if (event.type === "stream.hole") {
    hall.cursors.set(cursorKey(event.data.terminalId, event.data.stream), event.data.to);
  }
  hall.position = event.seq;
  hall.lastRecordedAtMs = event.recordedAtMs;
}

export const toyFreeze = (hall: HallView) => ({
  position: hall.position,
  lastRecordedAtMs: hall.lastRecordedAtMs,
  cursors: [...hall.cursors].sort(([a], [b]) => (a < b ? -1 : 1)),
});

export function toyThaw(frozen: Json): HallState {
  const { position, lastRecordedAtMs, cursors } = frozen as unknown as ReturnType<typeof toyFreeze>;
  return { ...emptyHall(), position, lastRecordedAtMs, cursors: new Map(cursors) };
}
