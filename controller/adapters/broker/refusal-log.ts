import { type Clock, elapsed, type Log, type LogFields, minutes, type MonoMs } from "../../../protocol/index.ts";
import { type BrokerRefusal, type Peer, peerName } from "./broker.ts";

const SAID_EVERY = minutes(1);
const SAID_MAX = 1_024;

/** Says a refusal once a minute for each peer and code: a flood of refusals must not become a flood of lines. */
export class RefusalLog {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #saidAt = new Map<string, MonoMs>();

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  note(code: BrokerRefusal, peer: Peer, fields: LogFields = {}): void {
    const key = `${code} ${peerName(peer)}`;
    const now = this.#clock.mono();
    const saidAt = this.#saidAt.get(key);
    if (saidAt !== undefined && elapsed(saidAt, now) < SAID_EVERY) return;
    this.#saidAt.delete(key);
    for (const oldest of this.#saidAt.keys()) {
      if (this.#saidAt.size < SAID_MAX) break;
      this.#saidAt.delete(oldest);
    }
    this.#saidAt.set(key, now);
    this.#log.warn("broker.refused", { code, ...peer, ...fields });
  }
}
