import { assert } from "../../protocol/base/assert.ts";
import type { Clock } from "../../protocol/base/time.ts";
import { type BadgeForm, badgeOf, WHOLE_BADGE } from "../codecs/badge-form.ts";
import type { BadgeWord } from "../codecs/badge-words.ts";
import { cardOfReport, type HidBadgeReport } from "../codecs/hid-badge.ts";
import { decodeWedge, endWedge, WEDGE_START, type WedgeState, type WedgeText } from "../codecs/wedge-keys.ts";
import type { BadgeReader, BadgeReaderListener } from "../ports/badge-reader.ts";
import type { HidLink } from "../ports/hid-link.ts";
import { Presentations, PRESENTATION_SILENCE } from "./presentations.ts";
import { Silence } from "./silence.ts";

export interface HidReaderOptions {
  readonly link: HidLink;
  readonly clock: Clock;
  readonly form?: BadgeForm;
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
  readonly #form: BadgeForm;
  readonly #presentations: Presentations;
  readonly #silence: Silence;
  #listener: BadgeReaderListener | null = null;

  constructor(driver: string, decoder: ReportDecoder, { link, clock, form = WHOLE_BADGE }: HidReaderOptions) {
    this.driver = driver;
    this.#decoder = decoder;
    this.#link = link;
    this.#form = form;
    this.#presentations = new Presentations(clock, (presented) => this.#listener?.onBadge(presented));
    this.#silence = new Silence(clock, PRESENTATION_SILENCE, () => this.#takeAll(this.#decoder.end(false)));
  }

  open(listener: BadgeReaderListener): Promise<void> {
    assert(this.#listener === null, "a reader is opened once");
    this.#listener = listener;
    return this.#link.open({
      onUp: () => this.#listener?.onHealth({ state: "ok" }),
      onDown: (fault) => {
        this.#takeAll(this.#decoder.end(true));
        this.#listener?.onHealth({ state: "fault", fault });
      },
      onReport: (report) => {
        this.#silence.heard();
        this.#takeAll(this.#decoder.take(report));
      },
    });
  }

  async close(): Promise<void> {
    this.#listener = null;
    this.#presentations.stop();
    this.#silence.stop();
    await this.#link.close();
  }

  #takeAll(words: readonly BadgeWord[]): void {
    for (const word of words) this.#take(word);
  }

  #take(word: BadgeWord): void {
    const badge = word.kind === "card" ? badgeOf(word.identifier, this.#form) : null;
    if (badge !== null) return this.#presentations.heard(badge);
    this.#presentations.damaged();
    this.#listener?.onBadFrame(word.kind === "bad" ? word.reason : "framing");
  }
}
