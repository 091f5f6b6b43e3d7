import { createSecureContext, type SecureContext } from "node:tls";
import {
  backoff,
  type Clock,
  elapsed,
  type HallId,
  type Log,
  type MonoMs,
  type Random,
  type TerminalId,
  type Timer,
} from "../../../protocol/index.ts";
import type { Broker, BrokerRefusal, Delivery, MessageListener, Peer } from "../broker/broker.ts";
import { RefusalLog } from "../broker/refusal-log.ts";
import { BrokerLink, type LinkListener, type Outgoing } from "./broker-link.ts";
import { ExternalIntake } from "./external-intake.ts";
import { SAY_AGAIN_AFTER } from "./external-limits.ts";

export interface ExternalBrokerParts {
  readonly hall: HallId;
  readonly host: string;
  readonly port: number;
  /** PEM: the controller's certificate as a client, and the only root a broker may come from. */
  readonly tls: { readonly key: string; readonly certificate: string; readonly authority: string };
  /** What the broker says once the controller is gone without a word; asked for at every connect. */
  readonly will: () => Parameters<Broker["publish"]>;
  /** Connected: everything retained is to be said again, the controller's birth first. */
  readonly onUp: () => void;
  readonly onMessage: MessageListener;
  readonly onRefused: (code: BrokerRefusal, peer: Peer) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * A broker outside of this process, by configuration. It may be away at any time, also at the start: then nothing is
 * said and nothing kept, and at every connect everything is said again.
 */
export function connectExternalBroker(parts: ExternalBrokerParts): Broker {
  const broker = new ExternalBroker(parts);
  broker.connect();
  return broker;
}

class ExternalBroker implements Broker {
  readonly #parts: ExternalBrokerParts;
  readonly #secureContext: SecureContext;
  readonly #intake: ExternalIntake;
  #link: BrokerLink | null = null;
  #retry: Timer | null = null;
  #failures = 0;
  #closing = false;
  #said: { readonly reason: string; readonly at: MonoMs } | null = null;

  constructor(parts: ExternalBrokerParts) {
    const { tls, hall, host, onMessage, onRefused, clock, log } = parts;
    this.#parts = parts;
    const own = { key: tls.key, cert: tls.certificate, ca: tls.authority };
    this.#secureContext = createSecureContext({ ...own, minVersion: "TLSv1.3" });
    const refusals = new RefusalLog(clock, log);
    this.#intake = new ExternalIntake({
      hall,
      onMessage,
      clock,
      onRefused(code, terminal) {
        const peer = terminal === null ? { address: host } : { terminal };
        onRefused(code, peer);
        refusals.note(code, peer);
      },
    });
  }

  get port(): number {
    return this.#parts.port;
  }

  get connected(): number {
    return this.listening ? 1 : 0;
  }

  get listening(): boolean {
    return this.#link?.isUp === true;
  }

  connect(): void {
    const { host, port, hall, will, clock } = this.#parts;
    const secureContext = this.#secureContext;
    const listener = this.#listener();
    this.#link = new BrokerLink({ host, port, hall, secureContext, will: outgoing(...will()), listener, clock });
  }

  publish(topic: string, text: string, delivery: Delivery): void {
    this.#link?.say(outgoing(topic, text, delivery));
  }

  /** Not ours to do: a broker has no such order. Whoever is silent is dropped by its keepalive. */
  disconnect(_terminalId: TerminalId): void {}

  renewWill(): void {
    if (this.#closing || !this.listening) return; // The next connect takes the new one along.
    const former = this.#link;
    this.connect();
    former?.abandon(); // The newer connection of a client ends the older: its will is of an epoch that is over.
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#retry?.cancel();
    await this.#link?.end();
    this.#link = null;
  }

  #listener(): LinkListener {
    const { log, host, port, onUp } = this.#parts;
    return {
      onUp: () => {
        log.info("broker.connected", { host, port });
        onUp();
      },
      onHeard: (message) => this.#hear(message),
      onEcho: () => {
        this.#failures = 0; // Only now: a broker that takes us in and drops us must not be hammered.
        this.#said = null;
      },
      onSilence: () => {
        log.error("broker.deaf", { code: "BROKER_PASSES_NOTHING_ON", host, port, look: "its topic rules" });
      },
      onDown: (reason, topic) => this.#down(reason, topic),
    };
  }

  #hear(message: Parameters<ExternalIntake["take"]>[0]): void {
    if (!this.#closing) this.#intake.take(message);
  }

  #down(reason: string, topic: string | null): void {
    this.#link = null;
    if (this.#closing) return;
    const { clock, random } = this.#parts;
    const retryAfter = backoff(this.#failures, random.next());
    this.#failures += 1;
    this.#sayOnce(reason, topic);
    this.#retry = clock.after(retryAfter, () => this.connect());
  }

  /** A broker that is away stays so for many attempts: one line, and one a minute after it. */
  #sayOnce(reason: string, topic: string | null): void {
    const { clock, log, host, port } = this.#parts;
    const now = clock.mono();
    if (this.#said?.reason === reason && elapsed(this.#said.at, now) < SAY_AGAIN_AFTER) return;
    this.#said = { reason, at: now };
    if (topic === null) log.warn("broker.lost", { host, port, failures: this.#failures, reason });
    else log.error("broker.subscription-refused", { code: "BROKER_SUBSCRIPTION_REFUSED", host, port, topic });
  }
}

const outgoing = (topic: string, text: string, delivery: Delivery): Outgoing => ({ topic, text, delivery });
