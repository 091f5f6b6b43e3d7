import {
  type Clock,
  type DurationMs,
  type HallId,
  type Log,
  milliseconds,
  type TerminalId,
  type Timer,
} from "../protocol/index.ts";
import type { Broker, MessageListener, Peer } from "./adapters/broker/broker.ts";
import type { HallEngine } from "./assembled-engine.ts";
import { announcement } from "./controller-announcement.ts";
import type { HallConfiguration } from "./core/configuration.ts";
import type { HallEvent } from "./core/events.ts";
import type { Engine } from "./engine/engine.ts";
import type { WriteFault } from "./engine/write-fault.ts";
import { createIntake, type Intake } from "./engine/intake.ts";
import { onHallTime } from "./on-hall-time.ts";
import type { Passages } from "./observation/passages.ts";
import { BoardPublisher } from "./projections/board-publisher.ts";
import { FacePublisher } from "./projections/face-publisher.ts";
import type { RefusalCode } from "./terminals/refusal-book.ts";
import { sendAckThrough } from "./terminals/send-ack.ts";
import { TerminalWatch } from "./terminals/terminal-watch.ts";
import { upMessages } from "./terminals/up-messages.ts";
import { VERSION } from "./version.ts";

const TICK = milliseconds(250);

/** What a hall needs of the wire: a broker without its socket. `publish` must not throw. */
export type HallBus = Pick<Broker, "publish" | "disconnect"> & {
  /** False while nobody can be heard: silence means nothing then. Absent: always true. */
  readonly isListening?: () => boolean;
};

export interface HallProgramParts {
  readonly configuration: HallConfiguration;
  /** Recovered; the program closes it. */
  readonly engine: HallEngine;
  readonly bus: HallBus;
  readonly clock: Clock;
  readonly log: Log;
  /** What pages show may have changed. */
  readonly onChange: () => void;
  readonly pace?: HallPace;
  /** Told of what a terminal sent in vain. */
  readonly onRefused?: (code: RefusalCode, peer: Peer) => void;
  /** Follows inputs on their way. */
  readonly passages?: Passages;
}

/** How often the program looks at what nobody reports. The product's own is the default. */
export interface HallPace {
  readonly tick: DurationMs;
  /** Faces that no event touched, looked at again per tick. */
  readonly facesPerTick?: number;
  /** A terminal that was not heard for so long is lost. Terminals' healths must come more often. */
  readonly silenceMax?: DurationMs;
}

/**
 * The hall's controller without sockets, files and pages: intake, watch, faces, board and ticks around one engine. It
 * is the same in the real process and in the simulator.
 */
export class HallProgram {
  readonly engine: Engine;
  readonly intake: Intake;
  readonly watch: TerminalWatch;
  /** One upward message, as the broker hands it over. */
  readonly receive: MessageListener;
  readonly #parts: HallProgramParts;
  readonly #faces: FacePublisher;
  readonly #board: BoardPublisher;
  #ticks: Timer | null = null;
  #begun = false;
  #clockTrusted = true;

  constructor(parts: HallProgramParts) {
    this.#parts = parts;
    const { clock, log, bus } = parts;
    const { engine, store } = parts.engine;
    this.engine = engine;
    const { passages } = parts;
    const publish: Broker["publish"] = (topic, text, delivery) => {
      const begun = clock.mono();
      bus.publish(topic, text, delivery);
      passages?.published(topic, begun);
    };
    const answer = sendAckThrough(this.#hall, publish);
    const sendAck: typeof answer = (terminalId, ack) => {
      const begun = clock.mono();
      answer(terminalId, ack);
      passages?.acknowledged(terminalId, ack, begun);
    };
    const onTaken = passages?.taken.bind(passages);
    const onRefused = (code: RefusalCode, terminal: TerminalId): void => parts.onRefused?.(code, { terminal });
    this.intake = createIntake({ engine, store, clock, log, sendAck, onRefused, onTaken });
    const hallTime = onHallTime(clock, () => engine.time().at);
    this.#faces = new FacePublisher(engine.hall, hallTime, publish, parts.pace?.facesPerTick);
    this.#board = new BoardPublisher(engine.hall, hallTime, publish, parts.onChange);
    this.watch = this.#openWatch();
    const read = upMessages({ intake: this.intake, watch: this.watch, log });
    this.receive = (terminalId, branch, text) => {
      passages?.heard();
      return read(terminalId, branch, text);
    };
    engine.onCommitted((events) => this.#onCommitted(events));
    engine.onWritable((fault) => this.#onWritable(fault));
  }

  /**
   * Begins a new epoch; `onBegun` runs after its commit, or once it is known that the disk takes none: then the hall
   * can be read, and begins by itself when it can be written. To be called before the event loop can bring in the first
   * message: nothing is decided under the former epoch.
   */
  begin(onBegun: () => void): void {
    const { configuration } = this.#parts;
    this.engine.submit({ type: "start", version: VERSION, configuration }, (outcome) => {
      this.#begun = outcome.type !== "unwritten";
      onBegun();
    });
  }

  /** From now on deadlines are looked at. */
  startTicks(): void {
    this.#ticks = this.#parts.clock.every(this.#parts.pace?.tick ?? TICK, () => this.#tick());
  }

  /** Says everything retained once more, the birth first: the bus may have been away and forgotten it. */
  sayAgain(): void {
    if (!this.#begun) return;
    this.watch.listenAnew(); // A line that was cut may have been deaf for longer than anybody knew.
    this.#parts.bus.publish(...announcement("up", this.engine, this.#hall));
    this.#faces.repeatAll();
    this.#board.repeat();
  }

  /** What is to be said for it once it is gone without a word. */
  will(): ReturnType<typeof announcement> {
    return announcement("down", this.engine, this.#hall);
  }

  /** Says goodbye if it had begun, and ticks no more. The engine goes on until `close`. */
  quiesce(): void {
    if (this.#begun) this.#parts.bus.publish(...announcement("down", this.engine, this.#hall));
    this.#begun = false;
    this.#ticks?.cancel();
    this.#board.close();
  }

  /** Commits what waits and lets go of the store. */
  close(): void {
    this.#parts.engine.close();
  }

  get #hall(): HallId {
    return this.#parts.configuration.hall;
  }

  #tick(): void {
    this.#watchClock();
    if (this.engine.unwritable !== null) return this.watch.onTick();
    this.engine.submit({ type: "tick" }, () => {});
    if (this.#parts.bus.isListening?.() === false) this.watch.listenAnew();
    else this.watch.onTick();
    this.#faces.onTick();
    this.#board.onTick();
  }

  /** A clock that contradicts the hall's time is said once, and once more when it is right again. */
  #watchClock(): void {
    const { at, trusted } = this.engine.time();
    if (trusted === this.#clockTrusted) return;
    this.#clockTrusted = trusted;
    const { log, clock } = this.#parts;
    if (trusted) log.info("clock.trusted");
    else log.warn("clock.untrusted", { wallClockAheadMs: Math.round(clock.now() - at) });
  }

  #onCommitted(events: readonly HallEvent[]): void {
    this.#parts.passages?.caused(events);
    const newEpoch = events.some(({ type }) => type === "controller.started" || type === "epoch.raised");
    if (newEpoch) this.#parts.bus.publish(...announcement("up", this.engine, this.#hall));
    this.#faces.onCommitted(events);
    this.#board.onCommitted(events);
    this.watch.noteEvents(events);
  }

  /** Terminals refuse at once what could not be recorded, and keep the facts, as they do without a controller. */
  #onWritable(fault: WriteFault | null): void {
    const { bus, onChange } = this.#parts;
    if (fault === null && !this.#begun) this.begin(onChange);
    else if (this.#begun) bus.publish(...announcement("up", this.engine, this.#hall));
    onChange();
  }

  #openWatch(): TerminalWatch {
    const { clock, log, bus, onChange, onRefused, pace } = this.#parts;
    return new TerminalWatch({
      engine: this.engine,
      intake: this.intake,
      clock,
      log,
      repeatFace: (counterId) => this.#faces.repeat(counterId),
      faceRevOf: (counterId) => this.#faces.revOf(counterId),
      disconnect: (terminalId) => bus.disconnect(terminalId),
      silenceMax: pace?.silenceMax,
      onChange,
      onOldSession: (terminal) => onRefused?.("old-session", { terminal }),
    });
  }
}
