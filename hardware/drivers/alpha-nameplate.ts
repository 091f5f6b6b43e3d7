import { assert } from "../../protocol/base/assert.ts";
import { type Clock, milliseconds, seconds, type Timer } from "../../protocol/base/time.ts";
import { type AlphaColour, type AlphaPage, encodeAlpha, writeTextFile } from "../codecs/alpha-sign.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import type { Nameplate, NameplateListener, PlateFace, PlateLack, PlateLine } from "../ports/nameplate.ts";
import { plateReport } from "./plate-report.ts";
import { PlateVoice } from "./plate-voice.ts";
import type { SignLayout } from "./sign-layouts.ts";
import { layoutSign } from "./sign-pages.ts";

/** Between two texts: a sign takes so long to store one. */
export const ALPHA_PAUSE = milliseconds(500);
/** A sign that lost power has lost its text, and cannot say so. */
export const ALPHA_RENEW_EVERY = seconds(30);

const COLOURS: Readonly<Record<PlateLine["emphasis"], AlphaColour>> = {
  normal: "green",
  strong: "amber",
  warning: "red",
};

export interface AlphaNameplateOptions {
  readonly link: ByteLink;
  readonly clock: Clock;
  /** Characters a row. */
  readonly columns: number;
  readonly rows: number;
}

/**
 * A sign that speaks the Alpha protocol (BetaBrite, Adaptive): the English of each line, its pages in turn by the
 * sign's own clock. It does not answer, so health is the link's alone: ok, or a LinkFault.
 */
export function createAlphaNameplate(options: AlphaNameplateOptions): Nameplate {
  return new AlphaNameplate(options);
}

class AlphaNameplate implements Nameplate {
  readonly driver = "alpha";
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #layout: SignLayout;
  readonly #voice = new PlateVoice();
  #face: PlateFace = { lines: [] };
  #isUp = false;
  #isStale = false;
  /** Runs while the sign stores what it was sent, then until it is sent again. */
  #timer: Timer | null = null;
  #isStoring = false;

  constructor({ link, clock, columns, rows }: AlphaNameplateOptions) {
    this.#link = link;
    this.#clock = clock;
    this.#layout = { width: columns * 8, height: rows * 16, english: "never", held: 0, pageFor: seconds(0) };
  }

  open(listener: NameplateListener): Promise<void> {
    assert(!this.#voice.isOpen, "a sign is opened once");
    this.#voice.open(listener);
    this.#sayReport(new Set());
    return this.#link.open({
      onUp: () => {
        this.#isUp = true;
        this.#voice.sayHealth(null);
        if (this.#isUp) this.#send();
      },
      onDown: (fault) => {
        this.#stop();
        this.#voice.sayHealth(fault);
      },
      onBytes: () => {},
    });
  }

  show(face: PlateFace): void {
    this.#face = face;
    this.#isStale = true;
    if (this.#isUp && !this.#isStoring) this.#send();
  }

  async close(): Promise<void> {
    this.#voice.silence();
    this.#stop();
    await this.#link.close();
  }

  #stop(): void {
    this.#isUp = false;
    this.#isStoring = false;
    this.#timer?.cancel();
    this.#timer = null;
  }

  #send(): void {
    this.#timer?.cancel();
    this.#isStale = false;
    this.#isStoring = true;
    const cannot = new Set<PlateLack>();
    const pages = alphaPages(this.#face, this.#layout, cannot);
    this.#sayReport(cannot);
    this.#link.write(encodeAlpha(writeTextFile(pages)));
    this.#timer = this.#clock.after(ALPHA_PAUSE, () => this.#stored());
  }

  #stored(): void {
    this.#isStoring = false;
    if (this.#isStale) this.#send();
    else this.#timer = this.#clock.after(ALPHA_RENEW_EVERY, () => this.#send());
  }

  #sayReport(cannot: ReadonlySet<PlateLack>): void {
    const lacks = new Set<PlateLack>([...cannot, "blank-when-silent"]);
    this.#voice.sayReport(plateReport(this.#layout, 3, lacks));
  }
}

function alphaPages(face: PlateFace, layout: SignLayout, cannot: Set<PlateLack>): readonly AlphaPage[] {
  const english = face.lines.flatMap(({ zh, en, emphasis }) => {
    if (!isAscii(zh)) cannot.add("chinese");
    const words = en === "" && isAscii(zh) ? zh : en;
    if (!isAscii(plain(words))) cannot.add("glyph");
    const shown = plain(words).replace(/[^ -~]/gu, "?");
    return shown === "" ? [] : [{ zh: shown, en: "", emphasis }];
  });
  const laidOut = layoutSign({ lines: english }, layout);
  for (const lack of laidOut.cannot) cannot.add(lack);
  return laidOut.pages.flatMap((page) => page.map(({ text, emphasis }) => ({ text, colour: COLOURS[emphasis] })));
}

const isAscii = (text: string): boolean => /^[ -~]*$/u.test(text);
/** Accents go, their letters stay. */
const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "");
