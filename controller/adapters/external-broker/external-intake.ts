import { isUtf8 } from "node:buffer";
import {
  type Clock,
  elapsed,
  type HallId,
  MESSAGE_BYTES_MAX,
  type MonoMs,
  parseTopic,
  TERMINAL_BRANCHES_UP,
  type TerminalId,
  wireOf,
} from "../../../protocol/index.ts";
import { BadMessageWatch } from "../broker/bad-message-watch.ts";
import type { BrokerRefusal, MessageListener } from "../broker/broker.ts";
import { BAD_MESSAGES_WINDOW, BUDGETS_MAX } from "../broker/broker-limits.ts";
import type { UpBranch } from "../broker/client-rights.ts";
import { RecentTerminals } from "../broker/recent-terminals.ts";
import { TokenBucket } from "../broker/token-bucket.ts";
import { MESSAGES } from "./external-limits.ts";

/** A message as an external broker delivers it. */
export interface Delivered {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: number;
  /** It was kept by the broker, and is told now because of a fresh subscription. */
  readonly retain: boolean;
}

export interface ExternalIntakeParts {
  readonly hall: HallId;
  readonly onMessage: MessageListener;
  readonly onRefused: (code: BrokerRefusal, terminalId: TerminalId | null) => void;
  readonly clock: Clock;
}

interface Sender {
  readonly allowance: TokenBucket;
  readonly badMessages: BadMessageWatch;
  unheardFrom: MonoMs | null;
  flooding: boolean;
}

/**
 * What the embedded broker does at its door and another broker's rules cannot: the wire table's QoS and retain flags,
 * sizes, rates, and an end to those who send what nobody can read. The terminal's name in the topic is the broker's
 * word: its rules bind topics to certificates.
 */
export class ExternalIntake {
  readonly #parts: ExternalIntakeParts;
  readonly #senders = new RecentTerminals<Sender>(BUDGETS_MAX);

  constructor(parts: ExternalIntakeParts) {
    this.#parts = parts;
  }

  take(message: Delivered): void {
    const place = parseTopic(message.topic);
    const branch = TERMINAL_BRANCHES_UP.find((name) => place?.up === true && name === place.branch);
    if (place?.kind !== "terminal" || branch === undefined || place.hall !== this.#parts.hall) {
      this.#parts.onRefused("foreign-topic", null);
      return;
    }
    const sender = this.#senderOf(place.terminal);
    if (this.#isUnheard(sender, place.terminal)) return;
    const fault = this.#faultOf(place.terminal, branch, message);
    if (fault === null) return;
    this.#parts.onRefused(fault, place.terminal);
    const now = this.#parts.clock.mono();
    if (!sender.badMessages.note(now)) return;
    sender.unheardFrom = now;
    this.#parts.onRefused("bad-messages", place.terminal);
  }

  /** Somebody who floods is counted once a flood: counting each of its messages would be work of its own. */
  #isUnheard(sender: Sender, terminalId: TerminalId): boolean {
    const now = this.#parts.clock.mono();
    if (sender.allowance.take(1, now) === null) {
      if (!sender.flooding) this.#parts.onRefused("flood", terminalId);
      sender.flooding = true;
      return true;
    }
    sender.flooding = false;
    if (sender.unheardFrom !== null && elapsed(sender.unheardFrom, now) < BAD_MESSAGES_WINDOW) return true;
    sender.unheardFrom = null;
    return false;
  }

  #faultOf(terminalId: TerminalId, branch: UpBranch, { payload, qos, retain }: Delivered): BrokerRefusal | null {
    const wire = wireOf(branch);
    if (qos !== wire.qos || (retain && !wire.retained)) return "wrong-delivery";
    if (payload.length > MESSAGE_BYTES_MAX) return "too-large";
    if (!isUtf8(payload)) return "not-utf8";
    return this.#parts.onMessage(terminalId, branch, payload.toString("utf8"))?.code ?? null;
  }

  #senderOf(terminalId: TerminalId): Sender {
    const { clock } = this.#parts;
    return this.#senders.of(terminalId, () => {
      const allowance = new TokenBucket(MESSAGES, clock.mono());
      return { allowance, badMessages: new BadMessageWatch(), unheardFrom: null, flooding: false };
    });
  }
}
