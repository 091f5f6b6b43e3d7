import type { MonoMs, TerminalId } from "../../../protocol/index.ts";
import { BadMessageWatch } from "./bad-message-watch.ts";
import { BUDGETS_MAX, type TrafficLimits } from "./broker-limits.ts";
import { TokenBucket } from "./token-bucket.ts";
import { TrafficBudget } from "./traffic-gate.ts";

/** What one terminal may still do. It outlives its sockets: coming back does not fill it up. */
export interface ClientBudget {
  readonly connects: TokenBucket;
  readonly traffic: TrafficBudget;
  readonly badMessages: BadMessageWatch;
}

/** Bounded: the terminal that has been away for longest is forgotten first. */
export class ClientBudgets {
  readonly #limits: TrafficLimits;
  readonly #byTerminal = new Map<TerminalId, ClientBudget>();

  constructor(limits: TrafficLimits) {
    this.#limits = limits;
  }

  of(terminalId: TerminalId, now: MonoMs): ClientBudget {
    const budget = this.#byTerminal.get(terminalId) ?? this.#fresh(now);
    this.#byTerminal.delete(terminalId);
    this.#byTerminal.set(terminalId, budget);
    for (const oldest of this.#byTerminal.keys()) {
      if (this.#byTerminal.size <= BUDGETS_MAX) break;
      this.#byTerminal.delete(oldest);
    }
    return budget;
  }

  #fresh(now: MonoMs): ClientBudget {
    const connects = new TokenBucket(this.#limits.connects, now);
    return { connects, traffic: new TrafficBudget(this.#limits, now), badMessages: new BadMessageWatch() };
  }
}
