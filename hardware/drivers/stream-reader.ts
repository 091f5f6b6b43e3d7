import { assert } from "../../protocol/base/assert.ts";
import { type Clock, type DurationMs, milliseconds } from "../../protocol/base/time.ts";
import { type BadgeForm, badgeOf, WHOLE_BADGE } from "../codecs/badge-form.ts";
import type { BadgeStream, BadgeWord } from "../codecs/badge-words.ts";
import type { BadgeReader, BadgeReaderListener } from "../ports/badge-reader.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import { Presentations } from "./presentations.ts";
import { Silence } from "./silence.ts";

/** The bytes of one frame come together: after so long a pause another begins. */
export const FRAME_GAP = milliseconds(60);

export interface StreamReaderOptions<State> {
  readonly driver: string;
  readonly stream: BadgeStream<State>;
  readonly link: ByteLink;
  readonly clock: Clock;
  readonly form?: BadgeForm;
  readonly gap?: DurationMs;
}

/**
 * A reader that only speaks: each card in a frame of its own on a serial line. Health: ok while the line is up, else a
 * fault named by the link (LinkFault).
 */
export function createStreamReader<State>(options: StreamReaderOptions<State>): BadgeReader {
  return new StreamReader(options);
}

class StreamReader<State> implements BadgeReader {
  readonly driver: string;
  readonly #stream: BadgeStream<State>;
  readonly #link: ByteLink;
  readonly #form: BadgeForm;
  readonly #presentations: Presentations;
  readonly #gap: Silence;
  #state: State;
  #listener: BadgeReaderListener | null = null;

  constructor({ driver, stream, link, clock, form = WHOLE_BADGE, gap = FRAME_GAP }: StreamReaderOptions<State>) {
    this.driver = driver;
    this.#stream = stream;
    this.#state = stream.start;
    this.#link = link;
    this.#form = form;
    this.#presentations = new Presentations(clock, (presented) => this.#listener?.onBadge(presented));
    this.#gap = new Silence(clock, gap, () => this.#breakOff());
  }

  open(listener: BadgeReaderListener): Promise<void> {
    assert(this.#listener === null, "a reader is opened once");
    this.#listener = listener;
    return this.#link.open({
      onUp: () => this.#listener?.onHealth({ state: "ok" }),
      onDown: (fault) => {
        this.#breakOff();
        this.#listener?.onHealth({ state: "fault", fault });
      },
      onBytes: (chunk) => {
        this.#gap.heard();
        const [state, words] = this.#stream.decode(this.#state, chunk);
        this.#state = state;
        for (const word of words) this.#take(word);
      },
    });
  }

  async close(): Promise<void> {
    this.#listener = null;
    this.#presentations.stop();
    this.#gap.stop();
    await this.#link.close();
  }

  #take(word: BadgeWord): void {
    if (this.#listener === null) return; // Closed by the listener itself, between two words of one chunk.
    if (word.kind === "bad") {
      if (word.reason !== "noise") this.#presentations.damaged();
      return this.#listener.onBadFrame(word.reason);
    }
    const badge = badgeOf(word.identifier, this.#form);
    if (badge === null) this.#listener.onBadFrame("framing");
    else this.#presentations.heard(badge);
  }

  #breakOff(): void {
    const [state, words] = this.#stream.end(this.#state);
    this.#state = state;
    for (const word of words) if (word.kind === "bad") this.#listener?.onBadFrame(word.reason);
  }
}
