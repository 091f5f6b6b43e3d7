import { type EpochMs, epochMs, type Result, refused, unreachable } from "../../protocol/index.ts";
import type { GuessMark } from "../core/clock-mark.ts";
import type { Command, Occurred, Rejection } from "../core/commands.ts";
import type { Cause, EventDraft, HallEvent } from "../core/events.ts";
import { cursorKey, type HallView } from "../core/state.ts";
import { SCHEMA_VERSIONS } from "./upcast.ts";

type InputCommand = Extract<Command, { type: "apply-input" }>;

export type Decide = (hall: HallView, command: Command) => Result<readonly EventDraft[], Rejection>;

/** What the engine was told about an input before it was decided: why it cannot be applied, if so. */
export type Unusable = string | undefined;

export interface TotalDecision {
  readonly decide: Decide;
  readonly hall: HallView;
  readonly command: Command;
  readonly unusable: Unusable;
  /** Told of what deciding an input threw: a bug, that the hall survives. */
  readonly onUndecidable: (thrown: unknown) => void;
}

/**
 * `decide`, made total for inputs. An input that cannot be applied, whether the edge says so, the hall rejects it or
 * deciding it throws, is recorded as rejected: its stream must never block. Everything else that throws is a bug.
 */
export function decideTotally(asked: TotalDecision): Result<readonly EventDraft[], Rejection> {
  const { decide, hall, command, unusable } = asked;
  if (command.type !== "apply-input") return decide(hall, command);
  const expected = (hall.cursors.get(cursorKey(command.terminalId, command.stream)) ?? 0) + 1;
  // A hole was declared after this input had been let in: it is no longer the next of its stream.
  if (command.input.seq !== expected) return refused({ code: "outdated", detail: `expected seq ${expected}` });
  if (unusable !== undefined) return rejectedInput(command, unusable);
  try {
    const decided = decide(hall, command);
    if (!decided.ok) return rejectedInput(command, decided.error.code);
    return decided.value.length > 0 ? decided : rejectedInput(command, "no-effect");
  } catch (thrown) {
    asked.onUndecidable(thrown);
    return rejectedInput(command, "undecidable");
  }
}

function rejectedInput(command: InputCommand, reason: string): Result<readonly EventDraft[], never> {
  const { input, terminalId } = command;
  const actor = { kind: "terminal", terminalId } as const;
  return {
    ok: true,
    value: [{ type: "input.rejected", data: { input: input.type, reason }, actor, correlation: null }],
  };
}

/** The event a draft becomes at its place in the log. */
export function recorded(draft: EventDraft, command: Command, seq: number): HallEvent {
  const { actor, correlation, data, type } = draft;
  const occurred = occurredOf(command);
  // In the order in which the log writes them: nothing is left to sort.
  return {
    actor,
    cause: causeOf(command),
    clock: command.clockTrusted ? "trusted" : "untrusted",
    correlation,
    data,
    ...(command.guessed === true && command.mark !== undefined && { guess: { ...command.mark, ...toldOf(occurred) } }),
    occurredAtMs: occurred.earliest,
    occurredUntilMs: occurred.latest,
    recordedAtMs: command.at,
    schemaVersion: SCHEMA_VERSIONS[type],
    seq,
    type,
  } as HallEvent;
}

const toldOf = ({ toldMs }: Occurred): Pick<GuessMark, "toldMs"> => (toldMs === undefined ? {} : { toldMs });

const occurredOf = (command: Command): Occurred =>
  command.type === "apply-input" ? command.occurred : { earliest: command.at, latest: command.at };

function causeOf(command: Command): Cause {
  switch (command.type) {
    case "apply-input":
      return { kind: "input", terminalId: command.terminalId, stream: command.stream, seq: command.input.seq };
    case "note-birth":
    case "note-loss":
      return { kind: "presence", terminalId: command.terminalId };
    case "start":
    case "note-restore":
      return { kind: "start" };
    case "name-log-key":
    case "seal-day":
    case "tick":
    case "note-reported":
      return { kind: "clock" };
    case "issue-ticket":
    case "clear-assistance":
    case "confirm-print":
    case "re-enter":
    case "re-enter-by-number":
    case "clerk-action":
    case "settle-restored":
    case "book-appointment":
    case "cancel-appointment":
    case "check-in-appointment":
    case "file-document":
    case "sign-document":
    case "publish-attendance":
    case "note-evidence":
    case "erase-evidence":
    case "note-view":
    case "note-account":
      return { kind: "request", commandId: command.commandId };
    default:
      return unreachable(command);
  }
}

/** The log's time never runs backwards, whatever the clock does. */
export const notBefore = (at: EpochMs, floor: EpochMs): EpochMs => epochMs(Math.max(at, floor));
