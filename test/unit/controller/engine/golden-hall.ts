import {
  epochMs,
  type Input,
  INTENT_TTL,
  isFactType,
  milliseconds,
  minutes,
  present,
  ServiceId,
  seconds,
  silentLog,
  StreamId,
  type TerminalState,
  TicketId,
} from "../../../../protocol/index.ts";
import type { Order } from "../../../../controller/core/commands.ts";
import { type CounterView, counterOf } from "../../../../controller/core/counters/counter.ts";
import { decide, evolve } from "../../../../controller/core/hall.ts";
import { emptyHall, type HallState } from "../../../../controller/core/state.ts";
import type { Engine } from "../../../../controller/engine/engine.ts";
import { createEngine } from "../../../../controller/engine/single-writer.ts";
import { MemoryDisk, openMemoryEventStore } from "../../../../controller/engine/memory-event-store.ts";
import { SeededRandom } from "../../../support/seeded-random.ts";
import { badge, counterId, terminalId, testConfiguration, uuid } from "../../../support/test-hall.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

/**
 * Days of a small hall through the real core and engine, the same ones at every run. The log they leave is kept per
 * release as test/fixtures/golden/VERSION.jsonl; a later build must fold it to the same state.
 */
export class GoldenHall {
  readonly disk = new MemoryDisk();
  #clock = new VirtualClock();
  readonly #random = new SeededRandom(2026);
  #engine: Engine;
  readonly #seqs = new Map<number, number>();

  constructor() {
    this.#engine = this.#open(emptyHall());
  }

  #open(hall: HallState): Engine {
    return createEngine({
      store: openMemoryEventStore(this.disk),
      clock: this.#clock,
      random: this.#random,
      log: silentLog,
      decide,
      evolve,
      hall,
      onFatal: (error) => {
        throw error;
      },
    });
  }

  get hall(): Engine["hall"] {
    return this.#engine.hall;
  }

  run(order: Order): void {
    this.#engine.submit(order, () => {});
    this.#clock.advance(milliseconds(0));
  }

  /** The controller's box was off over night and wakes in 1970; its clock is set in `during`. */
  loseBattery(during: (setClock: () => void) => void): void {
    const morning = epochMs(this.#clock.now() + minutes(10 * 60));
    const hall = this.#engine.hall as HallState; // The engine that goes owns it no more.
    this.#engine.stop();
    this.disk.crash();
    this.#clock = new VirtualClock(epochMs(20_000));
    this.#engine = this.#open(hall);
    during(() => this.#clock.setWall(morning));
  }

  start(counters: number, version: string, configuration = testConfiguration(counters)): void {
    this.run({ type: "start", version, configuration });
  }

  wait(forSeconds: number): void {
    for (let gone = 0; gone < forSeconds; gone += 1) {
      this.#clock.advance(seconds(1));
      this.run({ type: "tick" });
    }
  }

  /** Nothing happens meanwhile; the hall looks at its deadlines once, after it. */
  skip(forMinutes: number): void {
    this.#clock.advance(minutes(forMinutes));
    this.run({ type: "tick" });
  }

  /** The next time that the hall's clock shows `hour`:`minute`. Nothing happens meanwhile. */
  skipTo(hour: number, minute: number): void {
    const day = minutes(24 * 60);
    const utc = minutes((hour - 8) * 60 + minute); // The test hall is in Asia/Shanghai.
    this.#clock.advance(milliseconds((((utc - this.#clock.now()) % day) + day) % day));
    this.run({ type: "tick" });
  }

  tickets(...services: string[]): void {
    for (const service of services) {
      const ticketId = TicketId.parse(this.#random.uuid());
      this.run({ type: "issue-ticket", serviceId: ServiceId.parse(service), ticketId });
    }
  }

  birth(n: number, changes: Partial<TerminalState> = {}): void {
    const birth: TerminalState = {
      v: 1,
      status: "online",
      stream: streamOf(n),
      session: 1,
      boot: 1,
      firmware: "0.1.0",
      role: "counter",
      devices: [],
      tail: 1,
      head: 0,
      done: 0,
      epochSeen: 0,
      ...changes,
    };
    this.run({ type: "note-birth", terminalId: terminalId(n), birth });
    this.#seqs.set(n, Math.max(this.#seqs.get(n) ?? 0, birth.tail - 1));
  }

  lose(n: number, session: number): void {
    this.run({ type: "note-loss", terminalId: terminalId(n), stream: streamOf(n), session, sign: "will" });
  }

  tap(n: number, card = n): void {
    this.input(n, "badge-presented", { badge: badge(card) });
  }

  /** An input about the visit at counter `n`. */
  about(n: number, type: string): void {
    this.input(n, type, { visitId: present(this.counter(n).visit, "visit").visitId });
  }

  input(n: number, type: string, body: Input["body"] = {}, changes: Partial<Input> = {}): void {
    const seq = (this.#seqs.get(n) ?? 0) + 1;
    this.#seqs.set(n, seq);
    const at = this.#clock.now();
    const intent = !isFactType(type) && { basis: { ...this.counter(n).basis }, ttlMs: INTENT_TTL };
    const kind = intent ? "intent" : "fact";
    const input: Input = { v: 1, seq, boot: 1, kind, type, monoMs: seq, hallMs: at, synced: true, body, ...intent };
    const occurred = { earliest: at, latest: at };
    this.run({
      type: "apply-input",
      terminalId: terminalId(n),
      stream: streamOf(n),
      input: { ...input, ...changes },
      occurred,
    });
  }

  counter(n: number): CounterView {
    return counterOf(this.hall, counterId(n));
  }
}

const streamOf = (n: number): StreamId => StreamId.parse(uuid(900_000 + n));
