import type { EventType, HallEvent } from "../../controller/index.ts";
import type { Basis } from "../../protocol/index.ts";
import type { Checker, Evidence, Violation } from "./checker.ts";
import { type InputEntry, inputsByKey, keyOfCause, storedAt } from "./timeline.ts";

/** A press acts within this after it was made, or never; and what a commit and a rounding may add. Milliseconds. */
const ACTS_WITHIN_MS = 5_000;
const SLACK_MS = 500;

/** I11: no press acts late, and none acts when its counter's keys have come to mean something else. */
export const intents: Checker = {
  name: "intents",
  kind: "correctness",
  check(evidence) {
    const journalled = inputsByKey(evidence.history);
    const timeOf = storedAt(evidence);
    const pressedSince = pressesOf(evidence);
    const meaning = new Meanings();
    const violations: Violation[] = [];
    for (const event of evidence.events) {
      const entries = journalled.get(keyOfCause(event) ?? "")?.filter(({ input }) => input.kind === "intent") ?? [];
      if (entries.length > 0 && !NO_EFFECT.has(event.type)) {
        const actedAt = timeOf(event.seq);
        const [entry] = entries;
        const where = `${event.type} at seq ${event.seq} of ${keyOfCause(event)}`;
        if (!entries.some((one) => isFresh(one, actedAt) && pressedSince(one, actedAt))) {
          const age = Math.round(actedAt - (entry?.atMs ?? 0));
          violations.push({ invariant: "I11", detail: `${where} acted ${age} ms after it was journalled` });
        }
        if (!entries.some(({ input }) => meaning.still(event, input.basis))) {
          violations.push({ invariant: "I11", detail: `${where}: the keys meant something else by then` });
        }
      }
      meaning.take(event);
    }
    return violations;
  },
};

const NO_EFFECT: ReadonlySet<EventType> = new Set<EventType>(["intent.refused", "input.rejected"]);

const isFresh = ({ atMs }: InputEntry, actedAt: number): boolean => actedAt - atMs <= ACTS_WITHIN_MS + SLACK_MS;

/** Whether a finger was on a key of that terminal lately: a terminal that stood still must not make an old one new. */
function pressesOf({ history }: Evidence): (entry: InputEntry, actedAt: number) => boolean {
  const presses = Map.groupBy(history.of("key-pressed"), ({ terminalId }) => terminalId);
  return ({ terminalId, atMs: journalledAt }, actedAt) =>
    (presses.get(terminalId) ?? []).some(
      ({ atMs, heldMs }) => atMs <= journalledAt && atMs + heldMs >= actedAt - ACTS_WITHIN_MS - SLACK_MS,
    );
}

/** Events after which the keys of their counter mean something else. A plain list, not the product's own reckoning. */
const CHANGES: ReadonlySet<EventType> = new Set<EventType>([
  "ticket.called",
  "ticket.returned",
  "ticket.held",
  "ticket.transferred",
  "visit.presumed",
  "visit.started",
  "visit.ended",
  "counter.paused",
  "counter.resumed",
  "counter.armed",
  "counter.disarmed",
  "staff.signed-on",
  "staff.signed-off",
  "staff.took-over",
  "staff.went-out",
  "staff.came-back",
  "question.asked",
]);

/** The last change at every counter, with the command it came of: one press may come to several events. */
class Meanings {
  readonly #last = new Map<string, { readonly seq: number; readonly of: string | null }>();
  #epochs: { readonly seq: number; readonly epoch: number }[] = [];

  take(event: HallEvent): void {
    if (event.type === "controller.started" || event.type === "epoch.raised" || event.type === "hall.restored") {
      this.#epochs.push({ seq: event.seq, epoch: event.data.epoch });
    }
    if (!CHANGES.has(event.type) || !("counterId" in event.data) || event.data.counterId === null) return;
    this.#last.set(event.data.counterId, { seq: event.seq, of: keyOfCause(event) });
  }

  still(event: HallEvent, basis: Basis | undefined): boolean {
    if (basis === undefined) return false;
    if (!("counterId" in event.data) || event.data.counterId === null) return true;
    const last = this.#last.get(event.data.counterId);
    if (last === undefined || last.of === keyOfCause(event)) return true;
    const epoch = this.#epochs.findLast(({ seq }) => seq <= basis.position)?.epoch ?? 0;
    return last.seq <= basis.position && epoch === basis.epoch;
  }
}
