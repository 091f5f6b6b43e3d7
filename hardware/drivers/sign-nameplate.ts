import { assert } from "../../protocol/base/assert.ts";
import { type Clock, elapsed, milliseconds, type MonoMs, monoMs, type Timer } from "../../protocol/base/time.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import type { Nameplate, NameplateListener, PlateFace } from "../ports/nameplate.ts";
import { plateReport } from "./plate-report.ts";
import { PlateVoice } from "./plate-voice.ts";
import type { SignLayout } from "./sign-layouts.ts";
import type { SignPainter } from "./sign-painter.ts";
import { layoutSign, type SignPages } from "./sign-pages.ts";
import { SIGN_ANSWER_WITHIN, SIGN_RENEW_EVERY, SIGN_SILENT_AFTER } from "./sign-times.ts";

export interface SignNameplateOptions {
  readonly link: ByteLink;
  readonly clock: Clock;
  readonly layout: SignLayout;
  readonly painter: SignPainter;
}

/**
 * A sign that answers what it is sent. At most one page is under way; a face that comes meanwhile takes the place of
 * whatever else was still to be shown. Pages take turns and are renewed, so that a sign which lost power or a frame is
 * right again within seconds, and one whose terminal died goes blank. Health: ok once it has answered; else a fault
 * named by the link (LinkFault), `silent` when it does not answer, `refused` when it takes no page, or the painter's.
 */
export function createSignNameplate(options: SignNameplateOptions): Nameplate {
  return new SignNameplate(options);
}

class SignNameplate implements Nameplate {
  readonly driver: string;
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #layout: SignLayout;
  readonly #painter: SignPainter;
  readonly #voice = new PlateVoice();
  #signPages: SignPages | null = null;
  #turn = 0;
  #turnedAt: MonoMs = monoMs(0);
  #isUp = false;
  /** The sign has not answered its greeting yet, which may be lost on the way like any other frame. */
  #isGreeting = false;
  /** Runs out when the sign does not answer. */
  #patience: Timer | null = null;
  /** Rings when the next page is due. */
  #due: Timer | null = null;
  #isStale = false;
  #missed = 0;
  /** As last answered; null: not yet. */
  #answer: "taken" | "refused" | "silent" | null = null;

  constructor({ link, clock, layout, painter }: SignNameplateOptions) {
    this.driver = painter.driver;
    this.#link = link;
    this.#clock = clock;
    this.#layout = layout;
    this.#painter = painter;
  }

  open(listener: NameplateListener): Promise<void> {
    assert(!this.#voice.isOpen, "a sign is opened once");
    this.#voice.open(listener);
    this.#sayReport();
    return this.#link.open({
      onUp: () => this.#greet(),
      onDown: (fault) => this.#lose(fault),
      onBytes: (chunk) => this.#hear(chunk),
    });
  }

  show(face: PlateFace): void {
    const before = this.#signPages;
    this.#signPages = layoutSign(face, this.#layout);
    // A notice that changes must not begin the turns anew: the last lines would never have theirs.
    if (this.#signPages.pressing !== before?.pressing) this.#turnTo(this.#signPages.first);
    this.#painter.prepare(this.#signPages.pages, () => this.#repaint());
    this.#repaint();
  }

  async close(): Promise<void> {
    this.#voice.silence();
    this.#lose(null);
    await this.#link.close();
  }

  #repaint(): void {
    if (this.#signPages === null || !this.#voice.isOpen) return;
    this.#sayReport();
    this.#sayHealth();
    this.#isStale = true;
    if (this.#isUp && this.#patience === null) this.#send();
  }

  #greet(): void {
    this.#isUp = true;
    this.#isGreeting = true;
    this.#missed = 0;
    this.#answer = null;
    this.#painter.reset();
    this.#write(this.#painter.greeting);
  }

  /** `fault` null: the sign is being closed. */
  #lose(fault: string | null): void {
    this.#isUp = false;
    this.#patience?.cancel();
    this.#due?.cancel();
    this.#patience = null;
    this.#due = null;
    if (fault !== null) this.#voice.sayHealth(fault);
  }

  #hear(chunk: Uint8Array): void {
    for (const taken of this.#painter.answersIn(chunk)) this.#answered(taken);
  }

  #answered(taken: boolean): void {
    if (this.#patience === null) return; // An answer to a page that was given up meanwhile.
    this.#patience.cancel();
    this.#patience = null;
    this.#missed = 0;
    this.#answer = taken || this.#isGreeting ? "taken" : "refused"; // Some cards do not know the greeting.
    this.#sayHealth();
    if (!this.#isUp || !this.#voice.isOpen) return; // Closed by the listener.
    const wasGreeting = this.#isGreeting;
    this.#isGreeting = false;
    if ((wasGreeting || this.#isStale) && this.#signPages !== null) this.#send();
    else this.#turnLater();
  }

  #miss(): void {
    this.#patience = null;
    this.#missed += 1;
    if (this.#missed >= SIGN_SILENT_AFTER) {
      this.#answer = "silent";
      this.#isGreeting = false;
    }
    this.#sayHealth();
    if (this.#isUp) this.#send();
  }

  #turnTo(turn: number): void {
    this.#turn = turn;
    this.#turnedAt = this.#clock.mono();
  }

  /** A face that comes meanwhile does not put off the next page. */
  #turnLater(): void {
    const pages = this.#signPages?.pages.length ?? 0;
    const left = this.#layout.pageFor - elapsed(this.#turnedAt, this.#clock.mono());
    const wait = pages > 1 ? Math.min(Math.max(left, 0), SIGN_RENEW_EVERY) : SIGN_RENEW_EVERY;
    this.#due = this.#clock.after(milliseconds(wait), () => {
      this.#due = null;
      this.#turnTo(this.#turn + 1);
      this.#send();
    });
  }

  /** Without a face there is nothing to show, but the sign is asked how it is. */
  #send(): void {
    this.#due?.cancel();
    this.#due = null;
    this.#isStale = false;
    const pages = this.#signPages?.pages;
    const page = this.#isGreeting ? undefined : pages?.[this.#turn % pages.length];
    this.#write(page === undefined ? this.#painter.greeting : this.#painter.paint(page));
  }

  #write(bytes: Uint8Array): void {
    this.#patience?.cancel();
    this.#patience = this.#clock.after(SIGN_ANSWER_WITHIN, () => this.#miss());
    this.#link.write(bytes);
  }

  #sayHealth(): void {
    if (!this.#isUp || this.#answer === null) return;
    this.#voice.sayHealth(this.#answer === "taken" ? this.#painter.fault() : this.#answer);
  }

  #sayReport(): void {
    const { pages, cannot } = this.#signPages ?? { pages: [], cannot: [] };
    const lacks = new Set([...cannot, ...this.#painter.lacks(pages)]);
    this.#voice.sayReport(plateReport(this.#layout, this.#painter.colours, lacks));
  }
}
