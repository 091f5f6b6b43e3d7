/** The power went, or the process was killed, at a port call. Unwinds to the dispatcher; nothing catches it. */
export class PowerCut extends Error {
  readonly life: Life;

  /** For the history: at a port, or between two of them. */
  readonly how: "power cut" | "cut between ports";

  constructor(life: Life, port: string, how: PowerCut["how"] = "power cut") {
    super(`${life.node} died at ${port}`);
    this.name = "PowerCut";
    this.life = life;
    this.how = how;
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
  /** Boundaries until the next death at one that touches nothing outside. */
  #slow = Number.POSITIVE_INFINITY;

  constructor(node: string, generation: number) {
    this.node = node;
    this.generation = generation;
  }

  /** Dies at the `calls`-th port call from now. */
  lightFuse(calls: number): void {
    this.#fuse = calls;
  }

  /** Dies at the `steps`-th boundary from now. */
  lightSlowFuse(steps: number): void {
    this.#slow = steps;
  }

  /** Faults are over: no death at a port call or boundary any more. */
  quenchFuse(): void {
    this.#fuse = Number.POSITIVE_INFINITY;
    this.#slow = Number.POSITIVE_INFINITY;
  }

  /** Whether it may die where nothing is touched. */
  get isFragile(): boolean {
    return this.#slow !== Number.POSITIVE_INFINITY;
  }

  /** Where something is read, drawn, logged, decided or put off: nothing outside changes; it may die all the same. */
  pass(boundary: string): void {
    this.#slow -= 1;
    if (this.#slow > 0) return;
    this.isDead = true;
    throw new PowerCut(this, boundary, "cut between ports");
  }

  touch(port: string): void {
    if (this.isDead) throw new PowerCut(this, port);
    this.#fuse -= 1;
    if (this.#fuse > 0) return;
    this.isDead = true;
    throw new PowerCut(this, port);
  }
}
