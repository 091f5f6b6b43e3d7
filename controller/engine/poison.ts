import { canonicalJson, type EpochMs } from "../../protocol/index.ts";
import type { Command } from "../core/commands.ts";
import type { EventStore } from "./ports.ts";

type InputCommand = Extract<Command, { type: "apply-input" }>;

const CRASHED = "crashed-the-fold";

/**
 * Inputs whose events could not be folded: a bug that ended the process. The terminal sends such an input again after
 * every restart, so it is remembered on disk before the process ends, and rejected when it comes back: one bug costs
 * one restart, not the hall.
 */
export class PoisonList {
  readonly #store: EventStore;
  readonly #keys: ReadonlySet<string>;

  constructor(store: EventStore) {
    this.#store = store;
    const found = store.quarantined().filter(({ reason }) => reason === CRASHED);
    this.#keys = new Set(found.map(({ terminalId, stream, seq }) => `${terminalId}/${stream}/${seq}`));
  }

  /** Why `command` must not be folded again; undefined for everything else. */
  verdictOn(command: Command): string | undefined {
    return command.type === "apply-input" && this.#keys.has(keyOf(command)) ? CRASHED : undefined;
  }

  /** Called while the process goes down. What cannot be written then is tried again after the next crash. */
  remember(command: Command, atMs: EpochMs): void {
    if (command.type !== "apply-input") return;
    const { terminalId, stream, input } = command;
    this.#store.quarantine({
      atMs,
      terminalId,
      stream,
      seq: input.seq,
      reason: CRASHED,
      content: canonicalJson(input),
    });
  }
}

const keyOf = ({ terminalId, stream, input }: InputCommand): string => `${terminalId}/${stream}/${input.seq}`;
