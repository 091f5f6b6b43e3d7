import type { MonoMs, TerminalId } from "../../../protocol/index.ts";
import { BadMessageWatch } from "./bad-message-watch.ts";
import { BUDGETS_MAX, type TrafficLimits } from "./broker-limits.ts";
import { RecentTerminals } from "./recent-terminals.ts";
import { TokenBucket } from "./token-bucket.ts";
import { TrafficBudget } from "./traffic-gate.ts";

/** What one terminal may still do. It outlives its sockets: coming back does not fill it up. */
export interface ClientBudget {
  readonly connects: TokenBucket;
  readonly traffic: TrafficBudget;
  readonly badMessages: BadMessageWatch;
}

export class ClientBudgets {
  readonly #limits: TrafficLimits;
  readonly #byTerminal = new RecentTerminals<ClientBudget>(BUDGETS_MAX);

  constructor(limits: TrafficLimits) {
    this.#limits = limits;
  }

  of(terminalId: TerminalId, now: MonoMs): ClientBudget {
    return this.#byTerminal.of(terminalId, () => this.#fresh(now));
  }

  #fresh(now: MonoMs): ClientBudget {
    const connects = new TokenBucket(this.#limits.connects, now);
    return { connects, traffic: new TrafficBudget(this.#limits, now), badMessages: new BadMessageWatch() };
  }
}
