import { connect, createServer, type Server, type Socket } from "node:net";
import { milliseconds, type Timer } from "../../../protocol/index.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import type { SeededRandom } from "../../support/seeded-random.ts";

/** What one second of one connection may bring. Probabilities; the rest of the seconds are good. */
export interface Weather {
  /** Both ends are cut off with a reset. */
  readonly reset: number;
  /** Nothing passes any more and neither end is told: only a keepalive finds out. */
  readonly halfOpen: number;
  /** Nothing passes for a while, then all of it at once, as after lost packets. */
  readonly stall: number;
  /** Bytes trickle. */
  readonly slow: number;
}

export const BAD_WEATHER: Weather = { reset: 0.02, halfOpen: 0.005, stall: 0.1, slow: 0.1 };

const SECOND = milliseconds(1_000);
/** Below the keepalive's patience: a stall is survived, a half-open path is not. */
const STALL = milliseconds(2_500);
const TRICKLE_BYTES = 64;
const TRICKLE_EVERY = milliseconds(20);
/** A connection whose other end takes nothing is not read any further. */
const HELD_BYTES_MAX = 256 * 1024;

type Mood = "good" | "stalled" | "slow" | "half-open";

/** A TCP path with bad days: forwards a loopback port to another. Loss is what TCP makes of it: delay, then a reset. */
export class BadNetwork {
  readonly #server: Server;
  readonly #paths = new Set<BadPath>();
  /** How often each fault happened. */
  readonly counts = { connections: 0, reset: 0, halfOpen: 0, stall: 0, slow: 0 };
  #calm = false;

  constructor(targetPort: number, random: SeededRandom, weather: Weather = BAD_WEATHER) {
    this.#server = createServer((near) => {
      this.counts.connections += 1;
      const far = connect(targetPort, "127.0.0.1");
      const path = new BadPath(near, far, () => (this.#calm ? null : this.#draw(random, weather)));
      this.#paths.add(path);
      path.onEnd = () => this.#paths.delete(path);
    });
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
  }

  /** The weather clears: whatever is broken stays broken until its ends find out, nothing new goes wrong. */
  calm(): void {
    this.#calm = true;
  }

  close(): void {
    this.#server.close();
    for (const path of this.#paths) path.cut();
  }

  #draw(random: SeededRandom, weather: Weather): keyof Weather | null {
    let chance = random.next();
    for (const fault of Object.keys(weather) as (keyof Weather)[]) {
      chance -= weather[fault];
      if (chance >= 0) continue;
      this.counts[fault] += 1;
      return fault;
    }
    return null;
  }
}

class BadPath {
  onEnd: () => void = () => {};
  readonly #ends: readonly [Socket, Socket];
  readonly #held: [Buffer[], Buffer[]] = [[], []];
  readonly #weather: Timer;
  readonly #trickle: Timer;
  #mood: Mood = "good";
  #clears: Timer | null = null;

  constructor(near: Socket, far: Socket, draw: () => keyof Weather | null) {
    this.#ends = [near, far];
    this.#join(0);
    this.#join(1);
    this.#weather = systemClock.every(SECOND, () => this.#turn(draw()));
    this.#trickle = systemClock.every(TRICKLE_EVERY, () => this.#drip());
  }

  cut(): void {
    this.#weather.cancel();
    this.#trickle.cancel();
    this.#clears?.cancel();
    for (const socket of this.#ends) socket.resetAndDestroy();
    this.onEnd();
  }

  #join(side: 0 | 1): void {
    const from = this.#ends[side];
    from.setNoDelay(true);
    from.on("data", (bytes) => this.#carry(side, bytes));
    from.on("error", () => {});
    // A half-open path tells nobody that the other end has gone.
    from.on("close", () => {
      if (this.#mood !== "half-open" || this.#ends.every((end) => end.destroyed)) this.cut();
    });
  }

  #carry(side: 0 | 1, bytes: Buffer): void {
    if (this.#mood === "half-open") return;
    if (this.#mood === "good" && this.#held[side].length === 0) return this.#write(side, bytes);
    this.#held[side].push(bytes);
    if (this.#held[side].reduce((sum, chunk) => sum + chunk.length, 0) > HELD_BYTES_MAX) this.#ends[side].pause();
  }

  #write(side: 0 | 1, bytes: Buffer): void {
    const to = this.#ends[side === 0 ? 1 : 0];
    if (!to.destroyed) to.write(bytes);
  }

  #turn(fault: keyof Weather | null): void {
    if (fault === null || this.#mood !== "good") return;
    if (fault === "reset") return this.cut();
    if (fault === "halfOpen") {
      this.#mood = "half-open";
      return;
    }
    this.#mood = fault === "stall" ? "stalled" : "slow";
    this.#clears = systemClock.after(STALL, () => this.#clear());
  }

  #clear(): void {
    this.#mood = "good";
    for (const side of [0, 1] as const) {
      for (const bytes of this.#held[side].splice(0)) this.#write(side, bytes);
      this.#ends[side].resume();
    }
  }

  #drip(): void {
    if (this.#mood !== "slow") return;
    for (const side of [0, 1] as const) {
      const first = this.#held[side].shift();
      if (first === undefined) continue;
      this.#write(side, first.subarray(0, TRICKLE_BYTES));
      if (first.length > TRICKLE_BYTES) this.#held[side].unshift(first.subarray(TRICKLE_BYTES));
    }
  }
}
