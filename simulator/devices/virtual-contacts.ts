import type { DeviceHealth, KeyEdge } from "../../hardware/index.ts";
import {
  assert,
  type Clock,
  type DurationMs,
  elapsed,
  milliseconds,
  type MonoMs,
  type Timer,
} from "../../protocol/index.ts";

interface Listener<Name> {
  onEdge(name: Name, edge: KeyEdge): void;
  onHealth(health: DeviceHealth): void;
}

/** No finger is quicker: a click that a program makes closes and opens in no time, and would be noise. */
const FINGER_MIN = milliseconds(30);

/** The contacts under the keys of one virtual device: fingers close and open them, and worn ones bounce. */
export class VirtualContacts<Name> {
  /**
   * The gaps between the edges that follow each clean one; an even number, so that the contact ends where the finger
   * wants it. Empty: it never bounces.
   */
  bounces: readonly DurationMs[] = [];

  readonly #clock: Clock;
  /** Fingers on keys, each with the timer that lifts it. */
  readonly #fingers = new Map<Name, { readonly since: MonoMs; readonly lifts: Timer }>();
  readonly #closed = new Set<Name>();
  readonly #bouncing = new Map<Name, Timer>();
  #listener: Listener<Name> | null = null;
  #health: DeviceHealth = { state: "ok" };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(listener: Listener<Name>): void {
    this.#listener = listener;
    listener.onHealth(this.#health);
    if (this.#isWell) for (const name of this.#fingers.keys()) this.#make(name, "pressed");
  }

  close(): void {
    for (const finger of this.#fingers.values()) finger.lifts.cancel();
    this.#fingers.clear();
    this.#forget();
    this.#listener = null;
  }

  /**
   * A finger goes down now, and lifts `heldFor` later or at `lift`, but not before FINGER_MIN. A second finger on the
   * same key adds nothing.
   */
  press(name: Name, heldFor: DurationMs): void {
    if (this.#fingers.has(name)) return;
    this.#rest(name, this.#clock.mono(), heldFor);
    this.#move(name, "pressed");
  }

  lift(name: Name): void {
    const finger = this.#fingers.get(name);
    if (finger === undefined) return;
    finger.lifts.cancel();
    const held = elapsed(finger.since, this.#clock.mono());
    if (held < FINGER_MIN) return this.#rest(name, finger.since, milliseconds(FINGER_MIN - held));
    this.#fingers.delete(name);
    this.#move(name, "released");
  }

  /** A broken wire, or its repair. Fingers stay where they are; nobody hears of them meanwhile. */
  ail(health: DeviceHealth): void {
    const wasWell = this.#isWell;
    this.#health = health;
    if (!this.#isWell) this.#forget();
    this.#listener?.onHealth(health);
    if (!wasWell && this.#isWell) for (const name of this.#fingers.keys()) this.#make(name, "pressed");
  }

  get #isWell(): boolean {
    return this.#health.state === "ok";
  }

  #rest(name: Name, since: MonoMs, more: DurationMs): void {
    this.#fingers.set(name, { since, lifts: this.#clock.after(more, () => this.lift(name)) });
  }

  #forget(): void {
    for (const bounce of this.#bouncing.values()) bounce.cancel();
    this.#bouncing.clear();
    this.#closed.clear();
  }

  #move(name: Name, edge: KeyEdge["edge"]): void {
    assert(this.bounces.length % 2 === 0, "after an even number of bounces a contact is where the finger wants it");
    this.#bouncing.get(name)?.cancel();
    this.#bouncing.delete(name);
    if (this.#listener === null || !this.#isWell) return;
    this.#make(name, edge);
    this.#bounce(name, this.bounces);
  }

  #bounce(name: Name, [gap, ...more]: readonly DurationMs[]): void {
    if (gap === undefined) return;
    const timer = this.#clock.after(gap, () => {
      this.#bouncing.delete(name);
      this.#make(name, this.#closed.has(name) ? "released" : "pressed");
      this.#bounce(name, more);
    });
    this.#bouncing.set(name, timer);
  }

  /** The contact is in that position from now on; no edge when it is already. */
  #make(name: Name, edge: KeyEdge["edge"]): void {
    if (this.#closed.has(name) === (edge === "pressed")) return;
    if (edge === "pressed") this.#closed.add(name);
    else this.#closed.delete(name);
    this.#listener?.onEdge(name, { edge, at: this.#clock.mono() });
  }
}
