import type { HallProgram } from "../../../controller/index.ts";
import {
  type Clock,
  elapsed,
  type Input,
  type InputPayload,
  INTENT_TTL,
  type MonoMs,
  type Random,
  StreamId,
  type TerminalId,
} from "../../../protocol/index.ts";

type Basis = Input["basis"];

/** A window's terminal of former days, as the controller hears it: births, inputs of one stream, health. */
export class PastTerminal {
  readonly terminalId: TerminalId;
  readonly #clock: Clock;
  readonly #program: HallProgram;
  readonly #stream: StreamId;
  #session = 0;
  #seq = 0;
  #bootedAt: MonoMs;

  constructor(terminalId: TerminalId, program: HallProgram, clock: Clock, random: Random) {
    this.terminalId = terminalId;
    this.#program = program;
    this.#clock = clock;
    this.#stream = StreamId.parse(random.uuid());
    this.#bootedAt = clock.mono();
  }

  /** The mains are switched on in the morning: every session is a boot. */
  wake(): void {
    this.#session += 1;
    this.#bootedAt = this.#clock.mono();
    this.#say("state", this.#state("online"));
  }

  /** The mains are cut: the broker tells its will. */
  sleep(): void {
    this.#say("state", this.#state("lost"));
  }

  /** Everything it has is acknowledged, as it is a moment after every input. */
  beWell(): void {
    this.#say("health", {
      v: 1,
      stream: this.#stream,
      session: this.#session,
      head: this.#seq,
      done: this.#seq,
      uptimeMs: this.#uptime(),
      memoryBytes: 0,
      clockOffsetMs: 0,
      counters: NO_COUNTS,
    });
  }

  fact({ type, body }: InputPayload): void {
    this.#send({ kind: "fact", type, body });
  }

  /** `basis`: of the face that the clerk saw. */
  intent({ type, body }: InputPayload, basis: NonNullable<Basis>): void {
    this.#send({ kind: "intent", type, body, basis, ttlMs: INTENT_TTL });
  }

  #send(said: Pick<Input, "kind" | "type" | "body" | "basis" | "ttlMs">): void {
    this.#seq += 1;
    const monoMs = this.#uptime();
    const hallMs = this.#clock.now();
    const input: Input = { v: 1, seq: this.#seq, boot: this.#session, monoMs, hallMs, synced: true, ...said };
    this.#say("up", { v: 1, stream: this.#stream, boot: this.#session, sentMonoMs: monoMs, inputs: [input] });
  }

  #uptime(): number {
    return elapsed(this.#bootedAt, this.#clock.mono());
  }

  #state(status: "online" | "lost"): object {
    const { hall } = this.#program.engine;
    return {
      v: 1,
      status,
      stream: this.#stream,
      session: this.#session,
      boot: this.#session,
      firmware: PAST_FIRMWARE,
      role: "counter",
      devices: [],
      tail: 1,
      head: this.#seq,
      done: this.#seq,
      epochSeen: hall.epoch,
    };
  }

  #say(branch: Parameters<HallProgram["receive"]>[1], message: object): void {
    this.#program.receive(this.terminalId, branch, JSON.stringify(message));
  }
}

const PAST_FIRMWARE = "demo";
const NO_COUNTS = {
  keyPresses: 0,
  keysRefused: 0,
  keysStuck: 0,
  keysChattering: 0,
  badges: 0,
  badgeFramesBad: 0,
  ratings: 0,
  reconnects: 0,
  resends: 0,
  messagesRefused: 0,
} as const;
