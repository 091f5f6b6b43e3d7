import { type Clock, type DurationMs, milliseconds } from "../../protocol/base/time.ts";
import type { BadgeForm } from "../codecs/badge-form.ts";
import type { BadgeStream } from "../codecs/badge-words.ts";
import type { BadgeReader, BadgeReaderListener } from "../ports/badge-reader.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import { ReaderVoice } from "./reader-voice.ts";
import { Silence } from "./silence.ts";

/** The bytes of one frame come together: after so long a pause another begins. */
export const FRAME_GAP = milliseconds(60);

export interface StreamReaderOptions<State> {
  readonly driver: string;
  readonly stream: BadgeStream<State>;
  readonly link: ByteLink;
  readonly clock: Clock;
  readonly form?: BadgeForm | undefined;
  readonly gap?: DurationMs;
  /** A card that was not heard for so long has left. Default: PRESENTATION_SILENCE. */
  readonly silence?: DurationMs | undefined;
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
  readonly #voice: ReaderVoice;
  readonly #gap: Silence;
  #state: State;

  constructor({ driver, stream, link, clock, form, gap = FRAME_GAP, silence }: StreamReaderOptions<State>) {
    this.driver = driver;
    this.#stream = stream;
    this.#state = stream.start;
    this.#link = link;
    this.#voice = new ReaderVoice(clock, form, silence);
    this.#gap = new Silence(clock, gap, () => this.#breakOff());
  }

  open(listener: BadgeReaderListener): Promise<void> {
    this.#voice.open(listener);
    return this.#link.open({
      onUp: () => this.#voice.sayHealth(null),
      onDown: (fault) => {
        this.#breakOff();
        this.#voice.sayHealth(fault);
      },
      onBytes: (chunk) => {
        this.#gap.heard();
        const [state, words] = this.#stream.decode(this.#state, chunk);
        this.#state = state;
        for (const word of words) this.#voice.hear(word);
      },
    });
  }

  async close(): Promise<void> {
    this.#voice.silence();
    this.#gap.stop();
    await this.#link.close();
  }

  #breakOff(): void {
    const [state, words] = this.#stream.end(this.#state);
    this.#state = state;
    this.#voice.sayLeft(words);
  }
}
