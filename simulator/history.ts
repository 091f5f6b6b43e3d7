import type { AttendanceLedger, HallView, LogRecord } from "../controller/index.ts";
import type {
  BadgeDigest,
  CounterId,
  Input,
  Level,
  ServiceId,
  StreamId,
  TerminalId,
  TicketId,
  TicketNumber,
} from "../protocol/index.ts";
import type { Card } from "./disk/memory-journal.ts";
import type { Dialect } from "./network/dialect.ts";
import type { CitizenHappening } from "./people/people.ts";

/** What a person at a window sees of the plate, in the words of the demonstration's people. */
export interface CallSeen {
  readonly number: TicketNumber;
  readonly counterId: CounterId;
}

/**
 * What the world did and saw, independent of what the product believes. `atMs` is the world's own time, UTC
 * milliseconds, that no node can read.
 */
export type Happening =
  /** A badge was held to a reader. `green`: the terminal beeped acceptance, on the spot. */
  | {
      readonly type: "tap-presented";
      readonly terminalId: TerminalId;
      readonly badge: BadgeDigest;
      readonly staff: string;
      readonly green: boolean;
    }
  /** A finger on a key for `heldMs`: clean, bouncing, worn or stuck, it is one press. */
  | {
      readonly type: "key-pressed";
      readonly terminalId: TerminalId;
      readonly button: "call" | "pause";
      readonly heldMs: number;
    }
  | { readonly type: "rating-pressed"; readonly terminalId: TerminalId; readonly level: Level }
  /** The keypad thanked: a promise that the rating is kept. */
  | { readonly type: "rating-thanked"; readonly terminalId: TerminalId }
  | { readonly type: "keypad-asked"; readonly terminalId: TerminalId }
  | { readonly type: "ticket-asked"; readonly key: string; readonly serviceId: ServiceId }
  /** The kiosk's answer arrived: this paper is in somebody's hand. */
  | {
      readonly type: "ticket-handed-out";
      readonly key: string;
      readonly serviceId: ServiceId;
      readonly ticketId: TicketId;
      readonly number: TicketNumber;
    }
  | { readonly type: "ticket-refused"; readonly key: string; readonly code: string }
  | CitizenHappening
  /** A nameplate began to show a called ticket. */
  | ({ readonly type: "call-shown"; readonly terminalId: TerminalId } & CallSeen)
  /** A call was announced on board and voice; repeats by the wire included. */
  | ({ readonly type: "call-announced"; readonly callId: string } & CallSeen)
  /** An input is on a card. Nothing of it may ever be lost while the card lives. */
  | {
      readonly type: "input-journalled";
      readonly terminalId: TerminalId;
      readonly stream: StreamId;
      readonly input: Input;
    }
  /** The terminal marked everything up to `upTo` as acknowledged: the controller has promised to keep it. */
  | {
      readonly type: "ack-observed";
      readonly terminalId: TerminalId;
      readonly stream: StreamId;
      readonly upTo: number;
    }
  | { readonly type: "stream-begun"; readonly terminalId: TerminalId; readonly stream: StreamId }
  /** The broker has taken a terminal in, and has let it go again, whoever knows of it. */
  | ({ readonly type: "session-opened" } & SessionSeen)
  | ({ readonly type: "session-closed" } & SessionSeen)
  /** The controller, while it runs, has said to everybody that it is up, under this epoch. */
  | { readonly type: "epoch-announced"; readonly epoch: number }
  /** The controller was handed an envelope that its terminal had sent before the last one. */
  | { readonly type: "heard-out-of-order"; readonly terminalId: TerminalId }
  /** The controller was handed more than the terminal may send in so short a time. */
  | { readonly type: "flooded"; readonly terminalId: TerminalId }
  /** The controller has said more on one topic than anybody can read. */
  | { readonly type: "said-too-much"; readonly topic: string }
  /** The controller has asked for inputs again. */
  | { readonly type: "gap-asked"; readonly terminalId: TerminalId; readonly stream: string }
  /** An envelope came twice, or was sent again. */
  | { readonly type: "heard-again"; readonly terminalId: TerminalId }
  /** The will of a session has reached the controller. */
  | ({ readonly type: "will-heard" } & SessionSeen)
  /** A terminal was told that one of its inputs has changed nothing. */
  | { readonly type: "refusal-told"; readonly terminalId: TerminalId; readonly code: string }
  /** A box came up as another version, or behind a broker of its own. */
  | { readonly type: "version-started"; readonly node: string; readonly dialect: Dialect }
  /** The controller was handed a message of another version. `code`: why it did not take it; null: it did. */
  | {
      readonly type: "other-version-heard";
      readonly terminalId: TerminalId;
      readonly dialect: Dialect;
      readonly code: string | null;
    }
  /** A terminal could not read what the controller had said. `dialect`: the terminal's own. */
  | {
      readonly type: "down-refused";
      readonly terminalId: TerminalId;
      readonly dialect: Dialect;
      readonly code: string;
    }
  /** The broker outside is gone, and has forgotten everything; and it serves again. */
  | { readonly type: "broker-gone" }
  | { readonly type: "broker-back" }
  /** The controller can be heard over the broker outside, and hear. */
  | { readonly type: "controller-linked" }
  | { readonly type: "plug-pulled"; readonly terminalId: TerminalId; readonly device: string; readonly forMs: number }
  /** The bytes of a tap came damaged. */
  | { readonly type: "frames-damaged"; readonly terminalId: TerminalId }
  | { readonly type: "card-full"; readonly terminalId: TerminalId }
  /** A card without room let go of its oldest input, which was acknowledged. */
  | {
      readonly type: "card-dropped";
      readonly terminalId: TerminalId;
      readonly stream: StreamId;
      readonly seq: number;
    }
  /** The controller's store was damaged while nobody looked. */
  | { readonly type: "store-damaged"; readonly how: string }
  | { readonly type: "stood-still"; readonly node: string; readonly forMs: number }
  /** A batch is on the controller's disk, whether or not the controller learned of it. */
  | { readonly type: "batch-stored"; readonly from: number; readonly to: number }
  | { readonly type: "started"; readonly node: string; readonly generation: number }
  /** `cause`: a stable word, or the code of the error with which the process ended itself. */
  | { readonly type: "died"; readonly node: string; readonly generation: number; readonly cause: string }
  | { readonly type: "fault"; readonly family: string; readonly node: string | null; readonly detail: string }
  | { readonly type: "backup-taken"; readonly seq: number }
  /** The controller works on an older copy of its disk from now on: what came after `seq` is gone. */
  | { readonly type: "controller-restored"; readonly seq: number; readonly lost: number }
  /** A terminal has an empty card from now on: what it had not sent is gone with the old one. */
  | { readonly type: "card-replaced"; readonly terminalId: TerminalId; readonly unsent: number }
  /** A lying card lost writes that it had confirmed. */
  | { readonly type: "card-forgot"; readonly terminalId: TerminalId; readonly from: number }
  | { readonly type: "healed" }
  /** After the faults somebody saw to this window for as long as it took. `sign`: what the plate showed at the end. */
  | {
      readonly type: "patience-ended";
      readonly counterId: CounterId;
      readonly served: boolean;
      readonly sign: string;
    };

export interface SessionSeen {
  readonly terminalId: TerminalId;
  readonly stream: StreamId;
  readonly session: number;
}

export type Entry = { readonly atMs: number } & Happening;
export type EntryOf<T extends Happening["type"]> = Extract<Entry, { type: T }>;

/** Everything that happened, in order. Checkers read this and the final stores, and nothing else. */
export class History {
  readonly entries: Entry[] = [];
  /** The same by type: checkers ask for one type after the other, some within loops. */
  readonly #byType = new Map<Happening["type"], Entry[]>();
  readonly #nowMs: () => number;
  readonly #listener: ((entry: Entry) => void) | null;

  constructor(nowMs: () => number, listener: ((entry: Entry) => void) | null = null) {
    this.#nowMs = nowMs;
    this.#listener = listener;
  }

  /** Dates what has happened, and keeps it: the caller has made it for that. */
  record(happening: Happening): void {
    const entry = happening as Entry;
    (entry as { atMs: number }).atMs = this.#nowMs();
    this.entries.push(entry);
    const alike = this.#byType.get(entry.type);
    if (alike === undefined) this.#byType.set(entry.type, [entry]);
    else alike.push(entry);
    this.#listener?.(entry);
  }

  of<T extends Happening["type"]>(type: T): readonly EntryOf<T>[] {
    return (this.#byType.get(type) ?? []) as EntryOf<T>[];
  }
}

/** One terminal as the seed ends. */
export interface FinalTerminal {
  readonly terminalId: TerminalId;
  readonly counterId: CounterId;
  readonly card: Card;
  /** What its own view says; null when it is dead. */
  readonly connected: boolean | null;
}

/** What the monitor says of a terminal as the seed ends. */
export interface FinalSight {
  readonly terminalId: TerminalId;
  readonly online: boolean;
  readonly sent: number;
  readonly shown: number | null;
}

/** What a restore has thrown away: true until then, and known to the world alone. */
export interface Forgotten {
  /** When it was thrown away. */
  readonly atMs: number;
  readonly records: readonly LogRecord[];
}

/** The stores as the seed ends, and what the running controller says of itself. */
export interface Final {
  readonly records: readonly LogRecord[];
  readonly forgotten: readonly Forgotten[];
  readonly quarantined: number;
  readonly terminals: readonly FinalTerminal[];
  /** Null when the controller is dead. */
  readonly hall: HallView | null;
  readonly sights: readonly FinalSight[];
  /** Attendance as the running hall has it; null when it keeps none, is dead, or still reads its log. */
  readonly ledger: AttendanceLedger | null;
  /** `breachesIn` of the running hall, at every look and at the end. */
  readonly breaches: readonly string[];
}
