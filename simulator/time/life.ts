/** The power went, or the process was killed, at a port call. Unwinds to the dispatcher; nothing catches it. */
export class PowerCut extends Error {
  readonly life: Life;

  constructor(life: Life, port: string) {
    super(`${life.node} died at ${port}`);
    this.name = "PowerCut";
    this.life = life;
  }
}

/** Something that waits for a standstill to end. */
export interface PutOff {
  readonly run: (() => void) | null;
}

/**
 * One generation of one node, from its start to its death. Every port of a node asks `touch` before and after it acts:
 * there the node may die. Whatever a dead generation still tries dies at once, and its wakes never run.
 */
export class Life {
  readonly node: string;
  readonly generation: number;
  /** What came due while it stood still, in its order; a cancelled one has nothing left to run. */
  readonly putOff: PutOff[] = [];
  isDead = false;
  isFrozen = false;
  /** Port calls until the next death at one. */
  #fuse = Number.POSITIVE_INFINITY;

  constructor(node: string, generation: number) {
    this.node = node;
    this.generation = generation;
  }

  /** Dies at the `calls`-th port call from now. */
  lightFuse(calls: number): void {
    this.#fuse = calls;
  }

  /** Faults are over: no death at a port call any more. */
  quenchFuse(): void {
    this.#fuse = Number.POSITIVE_INFINITY;
  }

  touch(port: string): void {
    if (this.isDead) throw new PowerCut(this, port);
    this.#fuse -= 1;
    if (this.#fuse > 0) return;
    this.isDead = true;
    throw new PowerCut(this, port);
  }
}
