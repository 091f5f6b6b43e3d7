import type { CounterDevices } from "../../hardware/index.ts";
import type {
  Clock,
  DurationMs,
  HallId,
  Log,
  Random,
  TerminalId,
  TerminalState as Birth,
  Timer,
  Trace,
} from "../../protocol/index.ts";
import type { TerminalInput } from "../core/inputs.ts";
import type { ControllerLink } from "./controller-link.ts";
import type { Journal } from "./journal.ts";

/** Who this terminal is, for every message that says so. */
export interface TerminalIdentity {
  readonly hall: HallId;
  readonly terminal: TerminalId;
  readonly role: Birth["role"];
  readonly firmware: string;
  /** SHA-256 of the effective configuration, hex. */
  readonly configuration: string;
}

/** What orders are carried out with. */
export interface TerminalParts {
  readonly identity: TerminalIdentity;
  readonly devices: CounterDevices;
  readonly journal: Journal;
  readonly link: ControllerLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Resident memory of this process. */
  readonly memoryBytes: () => number;
  /** Between two healths; default HEALTH_PERIOD. The controller must know of it, or it takes silence for death. */
  readonly healthPeriod?: DurationMs | undefined;
  /** `clock.every`, or what comes to the same for a beat that only looks at the clock. Default: `clock.every`. */
  readonly beats?: (period: DurationMs, beat: () => void) => Timer;
  /** Where to tell how inputs pass. Default: nowhere. */
  readonly trace?: Trace | undefined;
}

/** Tells what came of an order, or what a device or the controller said. */
export type Feed = (input: TerminalInput) => void;
