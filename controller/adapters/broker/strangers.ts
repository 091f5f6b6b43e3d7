import type { Socket } from "node:net";
import type { Timer } from "../../../protocol/index.ts";
import { STRANGERS_MAX, STRANGERS_PER_ADDRESS_MAX } from "./broker-limits.ts";

/** A socket behind which nobody is known yet. */
export interface Stranger {
  readonly socket: Socket;
  readonly address: string;
  readonly key: string;
  readonly deadline: Timer;
}

/** Names one socket: of the same peer, address and port are the same on the raw socket and on the TLS one above it. */
export const socketKey = ({ remoteAddress = "", remotePort = 0 }: Pick<Socket, "remoteAddress" | "remotePort">) =>
  `${remoteAddress} ${remotePort}`;

/** Those who have not shown a certificate yet: so many, and of one address fewer. */
export class Strangers {
  readonly #byAddress = new Map<string, Map<string, Stranger>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  hasRoomFor(address: string): boolean {
    return (this.#byAddress.get(address)?.size ?? 0) < STRANGERS_PER_ADDRESS_MAX;
  }

  /** Answers with whom there is no room for any more: the oldest of the address that has sent the most. */
  add(stranger: Stranger): Stranger | null {
    const sameAddress = this.#byAddress.get(stranger.address) ?? new Map<string, Stranger>();
    this.#byAddress.set(stranger.address, sameAddress.set(stranger.key, stranger));
    this.#count += 1;
    return this.#count > STRANGERS_MAX ? this.#oldestOfBusiest() : null;
  }

  /** Answers with false when it is none, or none any more. */
  remove({ address, key }: Pick<Stranger, "address" | "key">): boolean {
    const sameAddress = this.#byAddress.get(address);
    const stranger = sameAddress?.get(key);
    if (sameAddress === undefined || stranger === undefined) return false;
    stranger.deadline.cancel();
    sameAddress.delete(key);
    if (sameAddress.size === 0) this.#byAddress.delete(address);
    this.#count -= 1;
    return true;
  }

  all(): Stranger[] {
    return [...this.#byAddress.values()].flatMap((sameAddress) => [...sameAddress.values()]);
  }

  #oldestOfBusiest(): Stranger | null {
    let busiest: ReadonlyMap<string, Stranger> = new Map();
    for (const sameAddress of this.#byAddress.values()) if (sameAddress.size > busiest.size) busiest = sameAddress;
    return busiest.values().next().value ?? null;
  }
}
