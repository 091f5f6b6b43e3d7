import type { HallBus, MessageListener } from "../../controller/index.ts";
import { backoff, type Clock, type Random, type Timer } from "../../protocol/index.ts";
import type { Life } from "../time/life.ts";
import type { BrokerModel } from "./broker-model.ts";

type Said = Parameters<HallBus["publish"]>;

export interface OutsideLinkParts {
  readonly broker: BrokerModel;
  readonly life: Life;
  readonly clock: Clock;
  readonly random: Random;
  /** What is to be said for it once it is gone without a word. */
  readonly will: () => Said;
  readonly receive: MessageListener;
  /** Connected: everything retained is to be said again. */
  readonly onUp: () => void;
}

/** The controller's way to a broker outside of its process: says nothing while it is away, and all again after it. */
export class OutsideLink implements HallBus {
  readonly #parts: OutsideLinkParts;
  #isUp = false;
  #isClosing = false;
  #failures = 0;
  #retry: Timer | null = null;
  #will: Said | null = null;

  constructor(parts: OutsideLinkParts) {
    this.#parts = parts;
  }

  readonly isListening = (): boolean => this.#isUp;

  connect(): void {
    const { broker, life, receive, onUp } = this.#parts;
    this.renewWill();
    broker.joinHost({
      life,
      receive,
      will: () => this.#will,
      onUp: () => {
        this.#isUp = true;
        this.#failures = 0;
        onUp();
      },
      onDown: () => this.#down(),
    });
  }

  readonly publish = (...[topic, text, delivery]: Said): void => {
    if (this.#isUp) this.#parts.broker.publish(topic, text, delivery);
  };

  /** A new epoch has begun: what the broker holds is of one that is over. */
  renewWill(): void {
    this.#will = this.#parts.will();
  }

  /** Not a broker's to do. */
  readonly disconnect = (): void => {};

  /** A goodbye: nobody says the will. */
  end(): void {
    this.#isClosing = true;
    this.#retry?.cancel();
    if (this.#isUp) this.#parts.broker.leaveHost();
    this.#isUp = false;
  }

  #down(): void {
    this.#isUp = false;
    if (this.#isClosing) return;
    const { clock, random } = this.#parts;
    this.#retry = clock.after(backoff(this.#failures, random.next()), () => this.connect());
    this.#failures += 1;
  }
}
