import type { Clock } from "../../protocol/base/time.ts";
import type { BadgeForm } from "../codecs/badge-form.ts";
import type { BadgeWord } from "../codecs/badge-words.ts";
import { cardOfReport, type HidBadgeReport } from "../codecs/hid-badge.ts";
import { decodeWedge, endWedge, WEDGE_START, type WedgeState, type WedgeText } from "../codecs/wedge-keys.ts";
import type { BadgeReader, BadgeReaderListener } from "../ports/badge-reader.ts";
import type { HidLink } from "../ports/hid-link.ts";
import { PRESENTATION_SILENCE } from "./presentations.ts";
import { ReaderVoice } from "./reader-voice.ts";
import { Silence } from "./silence.ts";

export interface HidReaderOptions {
  readonly link: HidLink;
  readonly clock: Clock;
  readonly form?: BadgeForm | undefined;
}

/** What turns a device's reports into cards. */
interface ReportDecoder {
  take(report: Uint8Array): readonly BadgeWord[];
  /** After a silence, or when the device went away: `unplugged`. */
  end(unplugged: boolean): readonly BadgeWord[];
}

/**
 * A reader that types. Its link must take the device away from the kernel (node-hid's libusb driver), or the card's
 * digits appear on the console too.
 */
export const createWedgeReader = ({ text, ...rest }: HidReaderOptions & { readonly text: WedgeText }): BadgeReader =>
  new HidReader("keyboard-wedge", new WedgeDecoder(text), rest);

/** A reader with reports of its own, described. */
export const createRawHidReader = ({
  report,
  ...rest
}: HidReaderOptions & { readonly report: HidBadgeReport }): BadgeReader =>
  new HidReader("hid-reader", { take: (bytes) => wordsOf(cardOfReport(report, bytes)), end: () => [] }, rest);

const wordsOf = (word: BadgeWord | null): readonly BadgeWord[] => (word === null ? [] : [word]);

class WedgeDecoder implements ReportDecoder {
  readonly #text: WedgeText;
  #state: WedgeState = WEDGE_START;

  constructor(text: WedgeText) {
    this.#text = text;
  }

  take(report: Uint8Array): readonly BadgeWord[] {
    const [state, words] = decodeWedge(this.#text, this.#state, report);
    this.#state = state;
    return words;
  }

  end(unplugged: boolean): readonly BadgeWord[] {
    const [state, words] = endWedge(this.#state);
    this.#state = unplugged ? WEDGE_START : state;
    return words;
  }
}

/** Health: ok while the device is there, else a fault named by the link (LinkFault). */
class HidReader implements BadgeReader {
  readonly driver: string;
  readonly #decoder: ReportDecoder;
  readonly #link: HidLink;
  readonly #voice: ReaderVoice;
  readonly #silence: Silence;

  constructor(driver: string, decoder: ReportDecoder, { link, clock, form }: HidReaderOptions) {
    this.driver = driver;
    this.#decoder = decoder;
    this.#link = link;
    this.#voice = new ReaderVoice(clock, form);
    this.#silence = new Silence(clock, PRESENTATION_SILENCE, () => this.#voice.sayLeft(this.#decoder.end(false)));
  }

  open(listener: BadgeReaderListener): Promise<void> {
    this.#voice.open(listener);
    return this.#link.open({
      onUp: () => this.#voice.sayHealth(null),
      onDown: (fault) => {
        this.#voice.sayLeft(this.#decoder.end(true));
        this.#voice.sayHealth(fault);
      },
      onReport: (report) => {
        this.#silence.heard();
        for (const word of this.#decoder.take(report)) this.#voice.hear(word);
      },
    });
  }

  async close(): Promise<void> {
    this.#voice.silence();
    this.#silence.stop();
    await this.#link.close();
  }
}
