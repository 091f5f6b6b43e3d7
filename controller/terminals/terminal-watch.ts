import {
  type Clock,
  type CounterId,
  type DurationMs,
  elapsed,
  type FormerStream,
  type Health,
  type Log,
  type MonoMs,
  type Reported,
  seconds,
  type StreamId,
  type TerminalId,
  type TerminalState,
  TERMINAL_SILENCE_MAX,
} from "../../protocol/index.ts";
import type { HallEvent, LossSign } from "../core/events.ts";
import { cursorKey, type HallView } from "../core/state.ts";
import type { Engine } from "../engine/engine.ts";
import type { Intake } from "../engine/intake.ts";
import { TRANSPORT_MAX } from "../engine/occurred.ts";
import type { TerminalPicture } from "./terminal-picture.ts";

export interface TerminalWatchParts {
  readonly engine: Engine;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly log: Log;
  /** Sends the terminal's face once more, changed or not. */
  readonly repeatFace: (counterId: CounterId) => void;
  /** Revision of the face that was sent last. */
  readonly faceRevOf: (counterId: CounterId) => number;
  readonly disconnect: (terminalId: TerminalId) => void;
  /** What pages are shown of terminals may have changed. */
  readonly onChange: () => void;
  /** A birth or will of a session that another one has followed: it changes nothing (I10). */
  readonly onOldSession?: ((terminalId: TerminalId) => void) | undefined;
  /** Longer than a terminal's time between two healths; default TERMINAL_SILENCE_MAX. */
  readonly silenceMax?: DurationMs | undefined;
}

interface Signs {
  heardAt: MonoMs;
  /** Of its last birth. */
  former: readonly FormerStream[];
  health: Health | null;
  /** Until when it certainly had nothing that this log lacks: as of its last health that said so, when it was sent. */
  emptyAt: MonoMs | null;
  reported: Reported | null;
  /** Since when it shows an older face than it was sent, without getting on; null while it does not. */
  behindSince: MonoMs | null;
  faceRepeatedAt: MonoMs | null;
  /** Device -> what ails it. */
  readonly faults: Map<string, string>;
}

/** A face is on its way, drawn and reported within that. */
const BEHIND_MAX = seconds(2);
const REPEAT_INTERVAL = seconds(5);
/** Without a tick for so long it was this process that stood still: what terminals said meanwhile is yet to be read. */
const STOOD_STILL = seconds(5);

/**
 * Who is there: births and wills become orders, silence becomes a loss. What terminals say of themselves is kept in
 * memory, for the monitor alone; a restart forgets it and hears it again within ten seconds.
 */
export class TerminalWatch {
  readonly #parts: TerminalWatchParts;
  readonly #signs = new Map<TerminalId, Signs>();
  #tickedAt: MonoMs | null = null;
  #listeningSince: MonoMs | null = null;

  constructor(parts: TerminalWatchParts) {
    this.#parts = parts;
  }

  /** Any message that could be read is a sign of life, whatever it says; a will alone is not, nobody sent it. */
  heard(terminalId: TerminalId): void {
    this.#signsOf(terminalId).heardAt = this.#parts.clock.mono();
  }

  noteState(terminalId: TerminalId, state: TerminalState): void {
    const known = this.#parts.engine.hall.terminals.get(terminalId);
    if (known?.stream === state.stream && state.session < known.session) this.#parts.onOldSession?.(terminalId);
    if (state.status === "lost") return this.#noteLoss(terminalId, state, "will");
    this.heard(terminalId);
    const { faults } = this.#signsOf(terminalId);
    faults.clear(); // What it still has to tell from its journal ends with the same.
    for (const { device, fault } of state.faults ?? []) faults.set(device, fault);
    const { engine, intake, log, repeatFace, onChange } = this.#parts;
    const { stream, session } = state;
    engine.submit({ type: "note-birth", terminalId, birth: state }, (outcome) => {
      if (outcome.type === "unwritten") return; // It is born again until it is answered.
      this.#signsOf(terminalId).former = state.former ?? [];
      const isNew = outcome.type === "committed" && outcome.events.length > 0; // A broker may tell a kept one again.
      const { head, done } = state;
      if (isNew) log.info("terminal.born", { terminal: terminalId, stream, session, head, done });
      intake.answerBirth(terminalId, state);
      const counterId = engine.hall.counterAt.get(terminalId);
      if (counterId !== undefined) repeatFace(counterId);
      onChange();
    });
  }

  /** A device of a terminal fails or is well again: the monitor shows it at once. */
  noteEvents(events: readonly HallEvent[]): void {
    for (const event of events) {
      if (event.type !== "device.faulted" && event.type !== "device.recovered") continue;
      if (event.actor.kind !== "terminal") continue;
      const { device, fault } = event.data;
      const { faults } = this.#signsOf(event.actor.terminalId);
      if (event.type === "device.faulted") faults.set(device, fault);
      else if (faults.get(device) === fault) faults.delete(device);
      this.#parts.onChange();
    }
  }

  noteHealth(terminalId: TerminalId, health: Health): void {
    const signs = this.#signsOf(terminalId);
    signs.health = health;
    if (this.#isBorn(terminalId, health)) {
      if (this.#isAllHere(terminalId, health)) signs.emptyAt = (this.#parts.clock.mono() - TRANSPORT_MAX) as MonoMs;
      this.#parts.intake.answerHealth(terminalId, health);
    }
    this.#repeatIfBehind(terminalId);
  }

  /** An answer would end its births, and one that could not be recorded has to come again. */
  #isBorn(terminalId: TerminalId, { stream, session }: Health): boolean {
    const known = this.#parts.engine.hall.terminals.get(terminalId);
    return known !== undefined && known.online && known.stream === stream && known.session === session;
  }

  /**
   * Its own word that everything was acknowledged is not enough: it may mean a controller that this one, restored from
   * an older copy, knows nothing of.
   */
  #isAllHere(terminalId: TerminalId, { stream, head, done }: Health): boolean {
    const { cursors } = this.#parts.engine.hall;
    const streams = [{ stream, head }, ...this.#signsOf(terminalId).former];
    const isHere = (one: { readonly stream: StreamId; readonly head: number }): boolean =>
      (cursors.get(cursorKey(terminalId, one.stream)) ?? 0) >= one.head;
    return head === done && streams.every(isHere);
  }

  noteReported(terminalId: TerminalId, reported: Reported): void {
    const signs = this.#signsOf(terminalId);
    const before = signs.reported;
    signs.reported = reported;
    if (before === null || before.epoch !== reported.epoch || before.rev < reported.rev) signs.behindSince = null;
    this.#repeatIfBehind(terminalId);
    this.#parts.onChange();
  }

  /** Declares those lost that have been silent for too long (I9). Due on every tick. */
  onTick(): void {
    const { engine, clock, disconnect } = this.#parts;
    if (engine.unwritable !== null) return this.listenAnew(); // Nobody's silence could be recorded.
    const now = clock.mono();
    const silenceMax = this.#parts.silenceMax ?? TERMINAL_SILENCE_MAX;
    if (this.#tickedAt !== null && elapsed(this.#tickedAt, now) > STOOD_STILL) this.listenAnew();
    this.#tickedAt = now;
    for (const { terminalId, online, stream, session } of engine.hall.terminals.values()) {
      if (!online || stream === null) continue;
      this.#noteBehind(terminalId);
      if (elapsed(this.#silentSince(terminalId), now) < silenceMax) continue;
      this.#noteLoss(terminalId, { stream, session }, "silence");
      disconnect(terminalId); // If it lives after all, it comes back with a new session, which counts again.
    }
  }

  /** Nobody could be heard until now, so nobody's silence counts. */
  listenAnew(): void {
    this.#listeningSince = this.#parts.clock.mono();
    this.#tickedAt = this.#listeningSince;
  }

  /** Until when the terminal had nothing that this log lacks; null when it was not heard so since the start. */
  emptyAt(terminalId: TerminalId): MonoMs | null {
    return this.#signs.get(terminalId)?.emptyAt ?? null;
  }

  get online(): number {
    let count = 0;
    for (const { online } of this.#parts.engine.hall.terminals.values()) if (online) count += 1;
    return count;
  }

  /** Every terminal that has a counter or was ever heard. */
  pictures(): TerminalPicture[] {
    const { hall } = this.#parts.engine;
    const ids = new Set([...hall.counterAt.keys(), ...hall.terminals.keys()]);
    return [...ids].map((terminalId) => this.#pictureOf(hall, terminalId));
  }

  #pictureOf(hall: HallView, terminalId: TerminalId): TerminalPicture {
    const known = hall.terminals.get(terminalId);
    const counter = hall.counterAt.get(terminalId) ?? null;
    const signs = this.#signs.get(terminalId);
    const shown = signs?.reported?.epoch === hall.epoch ? signs.reported.rev : null;
    return {
      terminal: terminalId,
      counter,
      online: known?.online ?? false,
      sinceMs: known?.sinceMs ?? null,
      firmware: known?.firmware ?? "",
      session: known?.session ?? 0,
      heardAgoMs: signs === undefined ? null : Math.round(elapsed(signs.heardAt, this.#parts.clock.mono())),
      face: { sent: counter === null ? 0 : this.#parts.faceRevOf(counter), shown },
      faults: [...(signs?.faults ?? [])].map(([device, fault]) => ({ device, fault })),
      health: healthOf(signs),
    };
  }

  /** The counter's terminal, if it shows less than it was sent. One that reported nothing yet was just born. */
  #noteBehind(terminalId: TerminalId): CounterId | null {
    const { engine, clock, faceRevOf } = this.#parts;
    const signs = this.#signsOf(terminalId);
    const counterId = engine.hall.counterAt.get(terminalId);
    const { reported } = signs;
    const behind =
      counterId !== undefined &&
      reported !== null &&
      (reported.epoch !== engine.hall.epoch || reported.rev < faceRevOf(counterId));
    signs.behindSince = behind ? (signs.behindSince ?? clock.mono()) : null;
    return behind ? counterId : null;
  }

  /** Whoever speaks and stays behind has lost its face on the way: it is sent again, not too often. */
  #repeatIfBehind(terminalId: TerminalId): void {
    const { clock, log, repeatFace } = this.#parts;
    const counterId = this.#noteBehind(terminalId);
    const signs = this.#signsOf(terminalId);
    const now = clock.mono();
    if (counterId === null || signs.behindSince === null || elapsed(signs.behindSince, now) < BEHIND_MAX) return;
    if (signs.faceRepeatedAt !== null && elapsed(signs.faceRepeatedAt, now) < REPEAT_INTERVAL) return;
    signs.faceRepeatedAt = now;
    log.debug("face.repeated", { terminal: terminalId, reported: signs.reported?.rev });
    repeatFace(counterId);
  }

  #noteLoss(
    terminalId: TerminalId,
    { stream, session }: Pick<TerminalState, "stream" | "session">,
    sign: LossSign,
  ): void {
    const { engine, log, onChange } = this.#parts;
    engine.submit({ type: "note-loss", terminalId, stream, session, sign }, (outcome) => {
      if (outcome.type !== "committed" || outcome.events.length === 0) return;
      log.warn("terminal.lost", { terminal: terminalId, stream, session, sign });
      onChange();
    });
  }

  #silentSince(terminalId: TerminalId): MonoMs {
    const { heardAt } = this.#signsOf(terminalId);
    return this.#listeningSince !== null && this.#listeningSince > heardAt ? this.#listeningSince : heardAt;
  }

  #signsOf(terminalId: TerminalId): Signs {
    const known = this.#signs.get(terminalId);
    if (known !== undefined) return known;
    const heardAt = this.#parts.clock.mono();
    const never = { health: null, emptyAt: null, reported: null, behindSince: null, faceRepeatedAt: null };
    const fresh: Signs = { heardAt, former: [], ...never, faults: new Map() };
    this.#signs.set(terminalId, fresh);
    return fresh;
  }
}

/** What it says of itself, without what stands beside it in the picture already. */
function healthOf(signs: Signs | undefined): TerminalPicture["health"] {
  if (!signs?.health) return null;
  const { v: _version, stream: _stream, session: _session, ...health } = signs.health;
  return health;
}
