import type { Bilingual, EpochMs, StreamId, TerminalId, VisitId } from "../../protocol/index.ts";
import type { AnsweredCommands } from "./commands.ts";
import { type Counters, NO_COUNTS } from "./counters.ts";
import type { DeviceFaults } from "./devices.ts";
import type { Effect } from "./effects.ts";
import { type CounterFace, isHeard, NO_FACE } from "./face.ts";
import { type HallTime, unheardHallTime } from "./hall-time.ts";
import type { JournalFault, JournalPosition } from "./inputs.ts";
import { type KeyGestures, NO_KEYS } from "./key-gestures.ts";
import { NO_PRESS, type PendingPress } from "./pending-press.ts";
import type { PlateLine } from "./plate.ts";
import { darkPrompt, type RatingPrompt } from "./rating-prompt.ts";
import type { Shown } from "./shown.ts";
import type { Step } from "./step.ts";
import { offlineUplink, type Uplink } from "./uplink.ts";

/** The answer to what somebody did a moment ago, on the plate's last line. */
export interface Flash {
  readonly number: number;
  readonly text: Bilingual;
  readonly emphasis: PlateLine["emphasis"];
}

/** The connection: how often it has failed in a row, and what the controller says of itself over it. */
export interface LinkState {
  readonly up: boolean;
  readonly failures: number;
  readonly attempt: number;
  readonly controller: "unheard" | "up" | "down";
  /** It lives and says that it cannot record anything. */
  readonly hallUnwritable?: boolean;
}

/** One counter terminal, whole. */
export interface TerminalState {
  readonly terminal: TerminalId;
  readonly stream: StreamId;
  readonly link: LinkState;
  readonly uplink: Uplink;
  /** Why nothing can be recorded here now. */
  readonly journalFault: JournalFault | null;
  /** Highest controller epoch ever heard, kept across restarts. */
  readonly epochSeen: number;
  readonly hallTime: HallTime;
  /** What the last ack says of the controller's clock. */
  readonly clockTrusted: boolean;
  readonly face: CounterFace;
  readonly keys: KeyGestures;
  readonly press: PendingPress;
  readonly rating: RatingPrompt;
  readonly devices: DeviceFaults;
  readonly commands: AnsweredCommands;
  readonly flash: Flash | null;
  readonly flashes: number;
  readonly noticeTurn: number;
  /** A wake for the next notice's turn is under way: one at most. */
  readonly noticesTurn: boolean;
  readonly counters: Counters;
  /** What lamps, plate and keypad show; null before they were first told. */
  readonly shown: Shown | null;
}

export type TerminalStep = Step<TerminalState, Effect>;

/** What a terminal knows of itself when it starts. */
export interface TerminalStart {
  readonly terminal: TerminalId;
  readonly journal: JournalPosition;
  /** The journal could not even be opened. */
  readonly journalFault?: JournalFault | null;
  readonly epochSeen: number;
  /** Hall time of the last input journalled: time has not run backwards since. */
  readonly hallFloor: EpochMs;
  /** Visits the journal holds a rating for. */
  readonly rated: readonly VisitId[];
  /** What the counter showed before the power went, if the journal has kept it. */
  readonly face?: CounterFace;
}

export const startState = ({
  terminal,
  journal,
  epochSeen,
  hallFloor,
  rated,
  face = NO_FACE,
  journalFault = null,
}: TerminalStart): TerminalState => ({
  terminal,
  stream: journal.stream,
  link: { up: false, failures: 0, attempt: 0, controller: "unheard" },
  uplink: offlineUplink(journal),
  journalFault,
  epochSeen,
  hallTime: unheardHallTime(hallFloor),
  clockTrusted: true,
  face,
  keys: NO_KEYS,
  press: NO_PRESS,
  rating: darkPrompt(rated),
  devices: {},
  commands: [],
  flash: null,
  flashes: 0,
  noticeTurn: 0,
  noticesTurn: false,
  counters: NO_COUNTS,
  shown: null,
});

/** True when the controller can hear an intent and answer it. */
export const isConnected = ({ link, face }: TerminalState): boolean =>
  link.up && link.controller === "up" && isHeard(face);
