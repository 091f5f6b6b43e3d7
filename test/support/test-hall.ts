import {
  BadgeDigest,
  type Basis,
  type CounterId,
  type EpochMs,
  epochMs,
  type FactType,
  type Input,
  type IntentType,
  INTENT_TTL,
  isFactType,
  present,
  ServiceId,
  StaffId,
  StreamId,
  TerminalId,
  type TerminalState,
  TicketId,
} from "../../protocol/index.ts";
import { breachesIn } from "../../controller/core/check-hall.ts";
import type { Command, Order, Rejection } from "../../controller/core/commands.ts";
import { HallConfiguration } from "../../controller/core/configuration.ts";
import { type CounterView, counterOf, phaseOf } from "../../controller/core/counters/counter.ts";
import type { ClerkAction } from "../../controller/core/desk/clerk-action.ts";
import type { Cause, EventDraft, EventOf, EventType, HallEvent } from "../../controller/core/events.ts";
import { decide, evolve } from "../../controller/core/hall.ts";
import { emptyHall, type HallState } from "../../controller/core/state.ts";

const two = (n: number): string => String(n).padStart(2, "0");

/** Badge number `n` of the test hall, as its digest: 0001, 0002, ... */
export const badge = (n: number): BadgeDigest => BadgeDigest.parse(String(n).padStart(64, "0"));
export const terminalId = (n: number): TerminalId => TerminalId.parse(`t${two(n)}`);
export const staffId = (n: number): StaffId => StaffId.parse(`s${two(n)}`);
export const counterId = (n: number): CounterId => String(n) as CounterId;

/** A hall of `counters` windows; clerk n may sign on at every window; queues a (services apply, tax) and b (social). */
export function testConfiguration(counters: number, rules: Record<string, number> = {}): HallConfiguration {
  const numbers = Array.from({ length: counters }, (_, index) => index + 1);
  return HallConfiguration.parse({
    hall: "test",
    name: { zh: "测试大厅", en: "Test hall" },
    zone: "Asia/Shanghai",
    sessions: [
      { from: "08:00", to: "12:00" },
      { from: "14:30", to: "17:30" },
    ],
    queues: [
      { id: "a", letter: "A", first: 1, last: 999 },
      { id: "b", letter: "B", first: 1, last: 3 },
    ],
    services: [
      { id: "apply", name: { zh: "综合", en: "General" }, queue: "a" },
      { id: "tax", name: { zh: "税务", en: "Tax" }, queue: "a" },
      { id: "social", name: { zh: "社保", en: "Social security" }, queue: "b" },
    ],
    counters: numbers.map((n) => ({
      id: String(n),
      terminal: `t${two(n)}`,
      title: { zh: "综合窗口", en: "General" },
      queues: ["a", "b"],
    })),
    staff: [...numbers, counters + 1].map((n) => ({
      id: `s${two(n)}`,
      name: `职员${n}`,
      post: { zh: "窗口岗", en: "Clerk" },
      number: two(n),
      badges: [String(n).padStart(64, "0")],
      counters: n > counters ? [] : numbers.map(String),
    })),
    rules,
  });
}

/**
 * The hall's core with a clock moved by hand: commands in, events out, every event folded in, every invariant checked
 * after every step.
 */
export class TestHall {
  readonly hall: HallState = emptyHall();
  readonly events: HallEvent[] = [];
  now: EpochMs;
  clockTrusted = true;
  #ordinal = 0;
  readonly #seqs = new Map<TerminalId, number>();

  constructor(configuration: HallConfiguration = testConfiguration(2), now = Date.UTC(2026, 2, 2, 1)) {
    this.now = epochMs(now);
    this.run({ type: "start", version: "test", configuration });
  }

  run(order: Order): HallEvent[] {
    const outcome = this.attempt(order);
    if (!("events" in outcome)) throw new Error(`rejected: ${outcome.rejection.code}`);
    return outcome.events;
  }

  attempt(order: Order): { events: HallEvent[] } | { rejection: Rejection } {
    this.#ordinal += 1;
    const command: Command = {
      ...order,
      commandId: uuid(this.#ordinal),
      at: this.now,
      clockTrusted: this.clockTrusted,
    };
    const decision = decide(this.hall, command);
    if (!decision.ok) return { rejection: decision.error };
    return { events: decision.value.map((draft) => this.#append(draft, command)) };
  }

  /** Time passes, in ticks of `stepMs`, as in the running controller. */
  wait(durationMs: number, stepMs = 250): HallEvent[] {
    const events: HallEvent[] = [];
    for (let gone = 0; gone < durationMs; gone += stepMs) {
      this.now = epochMs(this.now + Math.min(stepMs, durationMs - gone));
      events.push(...this.run({ type: "tick" }));
    }
    return events;
  }

  ticket(service = "apply"): string {
    const [issued] = this.run({
      type: "issue-ticket",
      serviceId: ServiceId.parse(service),
      ticketId: TicketId.parse(uuid(500_000 + this.#ordinal)),
    }).filter((event): event is EventOf<"ticket.issued"> => event.type === "ticket.issued");
    return present(issued, "ticket").data.number;
  }

  /** An input at counter n. Intents carry the counter's present basis unless told otherwise. */
  input(
    n: number,
    type: FactType | IntentType,
    body: Record<string, string | number> = {},
    change: { basis?: Basis; occurredAt?: number; occurredUntil?: number; boot?: number; monoMs?: number } = {},
  ): HallEvent[] {
    const terminal = terminalId(n);
    const seq = (this.#seqs.get(terminal) ?? 0) + 1;
    this.#seqs.set(terminal, seq);
    const occurred = epochMs(change.occurredAt ?? this.now);
    const fact = isFactType(type);
    const input: Input = {
      v: 1,
      seq,
      boot: change.boot ?? 1,
      kind: fact ? "fact" : "intent",
      type,
      monoMs: change.monoMs ?? occurred,
      hallMs: occurred,
      synced: true,
      body,
      ...(fact ? {} : { basis: change.basis ?? this.counter(n).basis, ttlMs: INTENT_TTL }),
    };
    const stream = StreamId.parse(uuid(900_000 + n));
    return this.run({
      type: "apply-input",
      terminalId: terminal,
      stream,
      input,
      occurred: { earliest: occurred, latest: epochMs(change.occurredUntil ?? occurred) },
    });
  }

  /** The counter page of window n, in the hands of who is on duty there. */
  act(n: number, action: ClerkAction): { events: HallEvent[] } | { rejection: Rejection } {
    return this.attempt({
      type: "clerk-action",
      counterId: counterId(n),
      staffId: this.counter(n).onDuty ?? staffId(n),
      action,
      ticketId: TicketId.parse(uuid(700_000 + this.#ordinal)),
    });
  }

  /** The open ticket with this number. */
  ticketId(number: string): TicketId {
    const ticket = [...this.hall.tickets.values()].find((open) => open.number === number);
    return present(ticket, `open ticket ${number}`).ticketId;
  }

  /** Terminal n is there, with a session later than its last. */
  born(n: number): HallEvent[] {
    const stream = StreamId.parse(uuid(900_000 + n));
    const session = (this.hall.terminals.get(terminalId(n))?.session ?? 0) + 1;
    const place = { stream, session, boot: 1, tail: 1, head: 0, done: 0, epochSeen: this.hall.epoch };
    const birth: TerminalState = { v: 1, status: "online", firmware: "0.1.0", role: "counter", devices: [], ...place };
    return this.run({ type: "note-birth", terminalId: terminalId(n), birth });
  }

  /** Terminal n is silent for so long that it counts as lost. */
  lost(n: number): HallEvent[] {
    const { session, stream } = present(this.hall.terminals.get(terminalId(n)), `terminal ${n}`);
    const loss = { stream: present(stream, "stream"), session, sign: "silence" } as const;
    return this.run({ type: "note-loss", terminalId: terminalId(n), ...loss });
  }

  signOn(n: number): void {
    this.input(n, "badge-presented", { badge: badge(n) });
  }

  /** The visit at counter n, as an input's body. */
  visit(n: number): { visitId: string } {
    return { visitId: present(this.counter(n).visit, `visit at ${n}`).visitId };
  }

  /** Brings counter n into serving a fresh ticket; returns its visit. */
  serve(n: number): { visitId: string } {
    this.ticket();
    this.wait(5_000);
    this.input(n, "call-next");
    const visit = this.visit(n);
    this.input(n, "service-started", visit);
    return visit;
  }

  counter(n: number): CounterView {
    return counterOf(this.hall, counterId(n));
  }

  phase(n: number): string {
    return phaseOf(this.counter(n));
  }

  #append(draft: EventDraft, command: Command): HallEvent {
    const input = command.type === "apply-input" ? command : null;
    const cause: Cause =
      input === null
        ? { kind: "clock" }
        : { kind: "input", terminalId: input.terminalId, stream: input.stream, seq: input.input.seq };
    const event = {
      ...draft,
      seq: this.hall.position + 1,
      schemaVersion: 1,
      occurredAtMs: input?.occurred.earliest ?? this.now,
      occurredUntilMs: input?.occurred.latest ?? this.now,
      recordedAtMs: this.now,
      clock: "trusted",
      cause,
    } as HallEvent;
    evolve(this.hall, event);
    this.events.push(event);
    return event;
  }

  /** What every step must leave true. Called by tests after the step they are about. */
  breaches(): string[] {
    return breachesIn(this.hall);
  }
}

export const typesOf = (events: readonly HallEvent[]): EventType[] => events.map((event) => event.type);

/** The code of the refusal in `events`, or null. */
export function refusalIn(events: readonly HallEvent[]): string | null {
  for (const event of events) if (event.type === "intent.refused") return event.data.code;
  return null;
}

export function uuid(ordinal: number): string {
  return `00000000-0000-4000-8000-${ordinal.toString(16).padStart(12, "0")}`;
}
