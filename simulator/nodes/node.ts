import { HallError, messageOf } from "../../protocol/index.ts";
import type { History } from "../history.ts";
import type { Chance } from "../time/chance.ts";
import { Life, PowerCut } from "../time/life.ts";
import { NodeClock } from "../time/node-clock.ts";
import type { Scheduler } from "../time/scheduler.ts";

/** What a node is born with; drawn anew for each generation. */
export interface Birth {
  /** Port calls until it dies at one; infinite for never. */
  readonly fuse: number;
  /** Boundaries until it dies at one that is no port call; infinite for never. */
  readonly slowFuse: number;
  readonly driftPpm: number;
  readonly wallMs: number;
  readonly soonUs: number;
  /** Milliseconds until somebody sets its wall clock right; null when it was right, or nobody does. */
  readonly syncAfterMs: number | null;
}

/** What a node asks of its world. */
export interface NodeWorld {
  readonly scheduler: Scheduler;
  readonly history: History;
  /** The world's own time, UTC milliseconds. */
  nowMs(): number;
  /** True: assertions and whatever else no operator can mend. The seed has failed. */
  onBug(node: string, thrown: unknown): void;
  birthOf(node: string): Birth;
  /** Milliseconds until a dead node is back. */
  absenceOf(node: string): number;
}

/** A box with one process that can die at any moment and comes back after a while, as its supervisor sees to. */
export abstract class SimNode {
  readonly name: string;
  protected readonly world: NodeWorld;
  protected readonly chance: Chance;
  life: Life;
  clock: NodeClock;
  #generation = 0;
  #frozenUntilUs = 0;

  constructor(name: string, world: NodeWorld, chance: Chance) {
    this.name = name;
    this.world = world;
    this.chance = chance;
    this.life = new Life(name, 0);
    this.life.isDead = true;
    this.clock = new NodeClock(world.scheduler, this.life, { driftPpm: 0, wallMs: 0, soonUs: 0 });
  }

  /** Told to stop: says goodbye and lets go of everything, as far as it gets. */
  protected abstract closed(): void;
  /** Puts the process together on `life` and `clock`. May die meanwhile. */
  protected abstract boot(chance: Chance): void;
  /** The process is gone. `quiet`: the box too, and no packet says so. */
  protected abstract buried(quiet: boolean): void;
  /** Before a new start: what happened to its medium meanwhile. */
  protected beforeStart(): void {}

  start(): void {
    if (!this.life.isDead) return;
    this.#generation += 1;
    this.beforeStart();
    const { scheduler, history } = this.world;
    const { fuse, slowFuse, syncAfterMs, ...clock } = this.world.birthOf(this.name);
    this.life = new Life(this.name, this.#generation);
    this.life.lightFuse(fuse);
    this.life.lightSlowFuse(slowFuse);
    this.clock = new NodeClock(scheduler, this.life, clock);
    if (syncAfterMs !== null) {
      const set = this.clock;
      scheduler.afterMs(syncAfterMs, () => set.setWall(this.world.nowMs()));
    }
    history.record({ type: "started", node: this.name, generation: this.#generation });
    this.enter(this.life, () => this.boot(this.chance.stream(`boot ${this.#generation}`)));
  }

  /** Runs something of this node's, and sees to its end if it dies of it. */
  enter(life: Life, run: () => void): void {
    if (life.isDead) return;
    try {
      this.clock.catchUp();
      run();
      if (life.isDead) this.#end("ended itself", false);
    } catch (thrown) {
      this.#caught(life, thrown);
    }
  }

  /** Killed from outside, now. */
  kill(cause: string, quiet: boolean): void {
    if (this.life.isDead) return;
    this.life.isDead = true;
    this.#end(cause, quiet);
  }

  /** Asked to end, as by SIGTERM: it does so by itself, and its supervisor starts it again. */
  stop(): void {
    const { life } = this;
    if (life.isDead || life.isFrozen) return;
    this.enter(life, () => this.closed());
    if (life.isDead) return;
    life.isDead = true;
    this.#end("stopped", false);
  }

  freeze(forMs: number): void {
    const { life } = this;
    if (life.isDead || life.isFrozen) return;
    this.enter(life, () => {});
    if (life.isDead) return;
    life.isFrozen = true;
    this.world.history.record({ type: "stood-still", node: this.name, forMs });
    this.#frozenUntilUs = this.world.scheduler.nowUs + forMs * 1000;
    this.world.scheduler.at(this.#frozenUntilUs, () => this.thaw(life));
  }

  /** Beats and timers that were due come first, in their order, as in an event loop that was stopped. */
  thaw(life: Life = this.life): void {
    if (life.isDead || !life.isFrozen) return;
    life.isFrozen = false;
    this.clock.missBeats();
    this.enter(life, () => this.clock.restartBeats());
    this.world.scheduler.resume(life);
  }

  /** Ends the process by its own decision, with an error on its last line. */
  protected exit(life: Life, error: HallError): void {
    if (life.isDead) return;
    life.isDead = true;
    this.#end(error.code, false);
  }

  #caught(life: Life, thrown: unknown): void {
    if (thrown instanceof PowerCut) {
      if (thrown.life === this.life && life === this.life) this.#end(thrown.how, this.chance.happens(0.3));
      return;
    }
    life.isDead = true;
    if (!(thrown instanceof HallError)) this.world.onBug(this.name, thrown);
    this.#end(thrown instanceof HallError ? thrown.code : `bug: ${messageOf(thrown)}`, false);
  }

  #end(cause: string, quiet: boolean): void {
    const { life, world } = this;
    if (life !== this.life || this.#buriedGeneration === life.generation) return;
    this.#buriedGeneration = life.generation;
    world.history.record({ type: "died", node: this.name, generation: life.generation, cause });
    this.buried(quiet);
    world.scheduler.afterMs(world.absenceOf(this.name), () => this.start());
  }

  #buriedGeneration = 0;
}
