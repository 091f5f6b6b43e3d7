import { ALPHA_START, type AlphaState, decodeAlpha } from "../../hardware/index.ts";
import { assert } from "../../protocol/index.ts";

/** Filling the sign, held, in red, green or amber. */
const PAGE = new RegExp(`^ b${String.fromCharCode(0x1c)}[123][ -~]+$`, "u");

/** An Alpha sign, to the byte. It never answers; its memory keeps one text, and loses it with its power. */
export class AlphaSign {
  /** Why packets were not taken; a driver that works leaves it empty. */
  readonly complaints: string[] = [];
  /** Packets taken. */
  taken = 0;
  /** The pages of text file A. */
  pages: readonly string[] = [];
  #state: AlphaState = ALPHA_START;

  hear(bytes: Uint8Array): void {
    const [state, found] = decodeAlpha(this.#state, bytes);
    this.#state = state;
    for (const packet of found) {
      if (packet.kind === "bad") this.complaints.push(packet.reason);
      else if (packet.to === "Z00") this.#write(Buffer.from(packet.content).toString("latin1"));
    }
  }

  cutPower(): void {
    this.pages = [];
    this.#state = ALPHA_START;
  }

  #write(content: string): void {
    assert(content.startsWith("AA"), "text file A is written");
    const pages = content.slice(2).split("\u001b").slice(1);
    for (const page of pages) if (!PAGE.test(page)) this.complaints.push("page");
    this.pages = pages.map((page) => page.slice(4));
    this.taken += 1;
  }
}
