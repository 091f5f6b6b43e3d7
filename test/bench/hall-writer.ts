import { openLogSeal } from "../../controller/adapters/authority/log-seal.ts";
import { openEventStore } from "../../controller/adapters/store/sqlite-event-store.ts";
import type { Order } from "../../controller/core/commands.ts";
import type { HallConfiguration } from "../../controller/core/configuration.ts";
import { type CounterView, counterOf } from "../../controller/core/counters/counter.ts";
import { decide, evolve } from "../../controller/core/hall.ts";
import { freezeHall } from "../../controller/core/snapshot.ts";
import { emptyHall, type HallView } from "../../controller/core/state.ts";
import type { Engine } from "../../controller/engine/engine.ts";
import { createEngine } from "../../controller/engine/single-writer.ts";
import type { Append, CommandKey, EventStore, LogRecord } from "../../controller/engine/ports.ts";
import { keepSnapshots } from "../../controller/engine/snapshots.ts";
import { VERSION } from "../../controller/version.ts";
import { systemRandom } from "../../hardware/system/system-random.ts";
import {
  type CounterId,
  type DurationMs,
  type EpochMs,
  type FactType,
  type Input,
  INTENT_TTL,
  type IntentType,
  isFactType,
  milliseconds,
  ServiceId,
  silentLog,
  StreamId,
  TicketId,
} from "../../protocol/index.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { clerkBadge, terminalName } from "./bench-hall.ts";

/**
 * A hall's log written without a network: the product's own core, engine and store, with a clock moved by hand. What it
 * leaves in the directory is a log like any other, and a controller may start on it.
 */
export class HallWriter {
  readonly #clock: VirtualClock;
  readonly #store: EventStore;
  readonly #engine: Engine;
  readonly #directory: string;
  readonly #streams = new Map<number, { readonly id: StreamId; seq: number }>();

  constructor(directory: string, start: EpochMs) {
    this.#clock = new VirtualClock(start);
    this.#directory = directory;
    this.#store = gathering(openEventStore(directory));
    const ports = { store: this.#store, clock: this.#clock, random: systemRandom, log: silentLog };
    const onFatal = (error: Error): never => {
      throw error;
    };
    this.#engine = createEngine({ ...ports, decide, evolve, hall: emptyHall(), onFatal });
  }

  get hall(): HallView {
    return this.#engine.hall;
  }

  get position(): number {
    return this.#engine.head.seq;
  }

  get now(): EpochMs {
    return this.#clock.now();
  }

  start(configuration: HallConfiguration): void {
    this.submit({ type: "start", version: VERSION, configuration });
    this.flush();
  }

  /** Committed with the next flush, or with others before it. */
  submit(order: Order): void {
    this.#engine.submit(order, () => {});
  }

  flush(): void {
    this.#clock.advance(milliseconds(0));
  }

  wait(duration: DurationMs): void {
    this.#clock.advance(duration);
    this.submit({ type: "tick" });
    this.flush();
  }

  /** As over HTTP, with its idempotency key. */
  ticket(service: string): void {
    const ticketId = TicketId.parse(systemRandom.uuid());
    const key = { key: `ticket/${ticketId}`, digest: ticketId.replaceAll("-", "").padEnd(64, "0") };
    this.#engine.submit({ type: "issue-ticket", serviceId: ServiceId.parse(service), ticketId }, () => {}, { key });
  }

  tap(n: number): void {
    this.input(n, "badge-presented", { badge: clerkBadge(n) });
  }

  counter(n: number): CounterView {
    return counterOf(this.hall, String(n) as CounterId);
  }

  /** An input of terminal n, pressed now, under the face as it is. */
  input(n: number, type: FactType | IntentType, body: Record<string, string | number> = {}): void {
    const stream = this.#streams.get(n) ?? { id: StreamId.parse(systemRandom.uuid()), seq: 0 };
    this.#streams.set(n, stream);
    stream.seq += 1;
    const { seq, id } = stream;
    const hallMs = this.#clock.now();
    const place = { v: 1, seq, boot: 1, monoMs: this.#clock.mono(), hallMs, synced: true } as const;
    const aim = isFactType(type) ? {} : { basis: this.counter(n).basis, ttlMs: INTENT_TTL };
    const input: Input = { ...place, kind: isFactType(type) ? "fact" : "intent", type, body, ...aim };
    const terminalId = terminalName(n);
    const key = { key: `${terminalId}/${id}/${seq}`, digest: seq.toString(16).padStart(64, "0") };
    const occurred = { earliest: hallMs, latest: hallMs };
    this.#engine.submit({ type: "apply-input", terminalId, stream: id, input, occurred }, () => {}, { key });
  }

  saveSnapshot(): void {
    this.#store.append({ records: [], keys: [] });
    const seal = openLogSeal(this.#directory);
    const ports = { store: this.#store, clock: this.#clock, log: silentLog };
    keepSnapshots({ ...ports, engine: this.#engine, seal, version: VERSION, freezeHall }, 0).save();
  }

  close(): void {
    this.#engine.stop();
    this.#store.append({ records: [], keys: [] });
    this.#store.close();
  }
}

/** Records committed together: nobody waits for an answer here, and a month has a hundred thousand fsyncs. */
const COMMIT_RECORDS = 2_000;

/** `store`, which commits what it is given when there is enough of it, or when it is given nothing. */
function gathering(store: EventStore): EventStore {
  const append = store.append.bind(store);
  let records: LogRecord[] = [];
  let keys: CommandKey[] = [];
  return Object.assign(store, {
    append(batch: Append) {
      records.push(...batch.records);
      keys.push(...batch.keys);
      if (records.length === 0 || (records.length < COMMIT_RECORDS && batch.records.length > 0)) return;
      append({ records, keys });
      records = [];
      keys = [];
    },
  });
}
