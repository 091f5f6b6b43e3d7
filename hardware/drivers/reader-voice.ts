import { assert } from "../../protocol/base/assert.ts";
import type { Clock, DurationMs, MonoMs } from "../../protocol/base/time.ts";
import { type BadgeForm, badgeOf, WHOLE_BADGE } from "../codecs/badge-form.ts";
import type { BadgeWord, BadReason } from "../codecs/badge-words.ts";
import type { BadgeReaderListener } from "../ports/badge-reader.ts";
import { Presentations } from "./presentations.ts";

/** Speaks to a reader's listener: each presentation once, health when it has changed, and nothing once silenced. */
export class ReaderVoice {
  readonly #form: BadgeForm;
  readonly #presentations: Presentations;
  #listener: BadgeReaderListener | null = null;
  /** Undefined: nothing has been said yet; null: well. */
  #fault: string | null | undefined = undefined;
  #presentedAt: MonoMs | null = null;

  constructor(clock: Clock, form: BadgeForm = WHOLE_BADGE, silence?: DurationMs) {
    this.#form = form;
    this.#presentations = new Presentations(
      clock,
      (presented) => {
        this.#presentedAt = presented.at;
        this.#listener?.onBadge(presented);
      },
      silence,
    );
  }

  /** False too once its listener itself has closed the reader, between two words of one portion. */
  get isOpen(): boolean {
    return this.#listener !== null;
  }

  get fault(): string | null | undefined {
    return this.#fault;
  }

  get isWell(): boolean {
    return this.#fault === null;
  }

  /** When the latest presentation began; null before the first. */
  get presentedAt(): MonoMs | null {
    return this.#presentedAt;
  }

  open(listener: BadgeReaderListener): void {
    assert(this.#listener === null, "a reader is opened once");
    this.#listener = listener;
  }

  silence(): void {
    this.#listener = null;
    this.#presentations.stop();
  }

  /** Null: the reader is well. */
  sayHealth(fault: string | null): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#listener?.onHealth(fault === null ? { state: "ok" } : { state: "fault", fault });
  }

  /** At the edge of the field sums go wrong, but the card has not left. Noise says nothing of cards. */
  hear(word: BadgeWord): void {
    if (this.#listener === null) return;
    const badge = word.kind === "card" ? badgeOf(word.identifier, this.#form) : null;
    if (badge !== null) return this.#presentations.heard(badge);
    const reason = word.kind === "bad" ? word.reason : "framing";
    if (reason !== "noise") this.#presentations.damaged();
    this.#listener.onBadFrame(reason);
  }

  /** What broke off when nobody is near any more, or says nothing of cards: it keeps none present. */
  sayBad(reason: BadReason): void {
    this.#listener?.onBadFrame(reason);
  }

  /** What was left in a decoder. */
  sayLeft(words: readonly BadgeWord[]): void {
    for (const word of words) if (word.kind === "bad") this.sayBad(word.reason);
  }
}
