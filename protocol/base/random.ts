/** The only source of chance. The real one is `hardware/system`; the simulator's is drawn from a seed. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A random RFC 9562 version 4 UUID. */
  uuid(): string;
}
