import { z } from "zod";
import { type EpochMs, TerminalId } from "../../protocol/index.ts";
import { type BrokerRefusal, type Peer, peerName } from "../adapters/broker/broker.ts";
import type { IntakeRefusal } from "../engine/intake.ts";

/** Why something from the wire was refused. Stable: a metric's label, and what the hall page has words for. */
export type RefusalCode = BrokerRefusal | IntakeRefusal | "old-session";

/** What was refused of one peer for one reason, since the controller started. */
export const RefusalPicture = z.object({
  code: z.string(),
  /** The terminal whose certificate it was; null when there was none. */
  terminal: TerminalId.nullable(),
  /** Where it came from, when no terminal is known. */
  address: z.string().nullable(),
  count: z.int().positive(),
  /** UTC milliseconds. */
  lastMs: z.number().nonnegative(),
});
export type RefusalPicture = Omit<z.infer<typeof RefusalPicture>, "code"> & { readonly code: RefusalCode };

/** Peers and reasons remembered: the one that was quiet for longest is forgotten first. The metrics forget nothing. */
export const REFUSAL_LINES_MAX = 100;

/** Who was refused what, how often and when last. In memory alone: a restart begins a new page. */
export class RefusalBook {
  readonly #now: () => EpochMs;
  readonly #lines = new Map<string, RefusalPicture>();

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  note(code: RefusalCode, peer: Peer): void {
    const key = `${code} ${peerName(peer)}`;
    const count = (this.#lines.get(key)?.count ?? 0) + 1;
    const terminal = "terminal" in peer ? peer.terminal : null;
    const address = "address" in peer ? peer.address : null;
    this.#lines.delete(key);
    this.#lines.set(key, { code, terminal, address, count, lastMs: Math.floor(this.#now()) });
    const [oldest] = this.#lines.keys();
    if (this.#lines.size > REFUSAL_LINES_MAX && oldest !== undefined) this.#lines.delete(oldest);
  }

  /** The latest first. */
  pictures(): RefusalPicture[] {
    return [...this.#lines.values()].toReversed();
  }
}
