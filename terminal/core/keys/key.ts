import { type DurationMs, elapsed, later, type MonoMs, monoMs, unreachable } from "../../../protocol/index.ts";
import type { Step } from "../step.ts";
import { type Change, type Contact, rest, RESTING, settlesAt, type Sight, touch } from "./contact.ts";
import type { KeyTraits } from "./key-traits.ts";

/** `live` is false in a press that came in a dead time, the owner's or the key's own after a release. */
type Press<Seen> =
  | { readonly phase: "up"; readonly rearmedAt: MonoMs }
  | ({ readonly phase: "down"; readonly since: MonoMs; readonly isLong: boolean } & Sight<Seen>)
  /** `upSince`: let go, and not yet for long enough. */
  | { readonly phase: "stuck"; readonly upSince: MonoMs | null };

/** One key of any kind. What it means is its owner's business. */
export interface Key<Seen> {
  readonly contact: Contact<Seen>;
  readonly press: Press<Seen>;
  /** All is judged up to here. An edge that is reported late counts as of now: time does not run back. */
  readonly judgedTo: MonoMs;
  /** The earliest wake on its way; null: none. */
  readonly wakeAt: MonoMs | null;
}

export const NEW_KEY: Key<never> = {
  contact: RESTING,
  press: { phase: "up", rearmedAt: monoMs(0) },
  judgedTo: monoMs(0),
  wakeAt: null,
};

export type KeyFault = "stuck" | "chatter";

export type KeyInput<Seen> =
  | ({ readonly type: "edge"; readonly edge: "pressed" | "released"; readonly at: MonoMs } & Sight<Seen>)
  /** The wake that was asked for `due`. */
  | { readonly type: "woken"; readonly due: MonoMs; readonly at: MonoMs }
  /** The device is gone or back: where its contacts stand is unknown, and no press goes on. */
  | { readonly type: "lost"; readonly at: MonoMs };

export type KeyReport<Seen> =
  | ({ readonly type: "pressed"; readonly at: MonoMs } & Sight<Seen>)
  /** Held to the long press's threshold, once, the finger still on it. */
  | ({ readonly type: "held"; readonly at: MonoMs } & Sight<Seen>)
  | ({
      readonly type: "released";
      readonly at: MonoMs;
      readonly heldFor: DurationMs;
      readonly isLong: boolean;
    } & Sight<Seen>)
  | { readonly type: "fault"; readonly fault: KeyFault; readonly state: "raised" | "cleared" }
  | { readonly type: "wake"; readonly due: MonoMs; readonly after: DurationMs };

type KeyStep<Seen> = Step<Key<Seen>, KeyReport<Seen>>;

/**
 * Everything is judged by the instants of edges and deadlines, never by when a timer got its turn: a wake only lets
 * time be seen to have passed. So a late, early or repeated wake changes no outcome.
 */
export function stepKey<Seen>(key: Key<Seen>, input: KeyInput<Seen>, traits: KeyTraits): KeyStep<Seen> {
  const at = monoMs(Math.max(input.at, key.judgedTo));
  const reports: KeyReport<Seen>[] = [];
  const judged = judgedUpTo(key, at, traits, reports);
  return [withWake(take(judged, input, at, traits, reports), at, traits, reports), reports];
}

function take<Seen>(
  key: Key<Seen>,
  input: KeyInput<Seen>,
  at: MonoMs,
  traits: KeyTraits,
  reports: KeyReport<Seen>[],
): Key<Seen> {
  switch (input.type) {
    case "edge": {
      const contact = touch(key.contact, input.edge === "pressed", at, input, traits);
      if (contact.quietAt !== null && key.contact.quietAt === null) {
        reports.push({ type: "fault", fault: "chatter", state: "raised" });
      }
      return { ...key, contact };
    }
    case "woken":
      return key.wakeAt === input.due ? { ...key, wakeAt: null } : key;
    case "lost":
      for (const fault of faultsOf(key)) reports.push({ type: "fault", fault, state: "cleared" });
      return { ...NEW_KEY, judgedTo: at };
    default:
      return unreachable(input);
  }
}

/** The faults a key has now. */
export function faultsOf({ press, contact }: Key<unknown>): readonly KeyFault[] {
  const faults: KeyFault[] = [];
  if (press.phase === "stuck") faults.push("stuck");
  if (contact.quietAt !== null) faults.push("chatter");
  return faults;
}

function judgedUpTo<Seen>(start: Key<Seen>, at: MonoMs, traits: KeyTraits, reports: KeyReport<Seen>[]): Key<Seen> {
  let key = start;
  for (;;) {
    const due = nextDue(key, traits);
    if (due === null || due > at) return { ...key, judgedTo: at };
    key = passed(key, due, traits, reports);
  }
}

/** The next instant at which time alone changes something. */
function nextDue({ contact, press }: Key<unknown>, traits: KeyTraits): MonoMs | null {
  // A finger that may just have moved is judged when the contact rests: until then no threshold passes.
  const due = settlesAt(contact) ?? pressDue(press, traits);
  if (contact.quietAt === null) return due;
  return due === null ? contact.quietAt : monoMs(Math.min(due, contact.quietAt));
}

function pressDue(press: Press<unknown>, { longAfter, stuckAfter, stuckRelease }: KeyTraits): MonoMs | null {
  switch (press.phase) {
    case "up":
      return null;
    case "down":
      return later(press.since, longAfter === null || press.isLong ? stuckAfter : longAfter);
    case "stuck":
      return press.upSince === null ? null : later(press.upSince, stuckRelease);
    default:
      return unreachable(press);
  }
}

function passed<Seen>(key: Key<Seen>, due: MonoMs, traits: KeyTraits, reports: KeyReport<Seen>[]): Key<Seen> {
  if (key.contact.quietAt === due) {
    reports.push({ type: "fault", fault: "chatter", state: "cleared" });
    return { ...key, contact: { ...key.contact, quietAt: null } };
  }
  if (key.contact.burst === null) return { ...key, press: waited(key.press, due, traits, reports) };
  const [contact, change] = rest(key.contact);
  return { ...key, contact, press: change === null ? key.press : moved(key.press, change, traits, reports) };
}

/** A deadline of the press itself. */
function waited<Seen>(
  press: Press<Seen>,
  due: MonoMs,
  { longAfter }: KeyTraits,
  reports: KeyReport<Seen>[],
): Press<Seen> {
  if (press.phase === "down" && longAfter !== null && !press.isLong) {
    reports.push({ type: "held", at: due, seen: press.seen, live: press.live });
    return { ...press, isLong: true };
  }
  const raised = press.phase === "down";
  reports.push({ type: "fault", fault: "stuck", state: raised ? "raised" : "cleared" });
  return raised ? { phase: "stuck", upSince: null } : { phase: "up", rearmedAt: due };
}

/** The contact rests in another position. */
function moved<Seen>(
  press: Press<Seen>,
  { closed, at, seen, live }: Change<Seen>,
  { rearm }: KeyTraits,
  reports: KeyReport<Seen>[],
): Press<Seen> {
  switch (press.phase) {
    case "up": {
      const sight = { seen, live: live && at >= press.rearmedAt };
      reports.push({ type: "pressed", at, ...sight });
      return { phase: "down", since: at, isLong: false, ...sight };
    }
    case "down": {
      const heldFor = elapsed(press.since, at);
      reports.push({ type: "released", at, heldFor, isLong: press.isLong, seen: press.seen, live: press.live });
      return { phase: "up", rearmedAt: later(at, rearm) };
    }
    case "stuck":
      if (closed) reports.push({ type: "pressed", at, seen, live: false });
      return { phase: "stuck", upSince: closed ? null : at };
    default:
      return unreachable(press);
  }
}

/** Asks to be woken unless a wake on its way comes early enough: it will ask again. An idle key asks for nothing. */
function withWake<Seen>(key: Key<Seen>, at: MonoMs, traits: KeyTraits, reports: KeyReport<Seen>[]): Key<Seen> {
  const due = nextDue(key, traits);
  if (due === null || (key.wakeAt !== null && key.wakeAt <= due)) return key;
  reports.push({ type: "wake", due, after: elapsed(at, due) });
  return { ...key, wakeAt: due };
}
