import type { PlateLack } from "../ports/nameplate.ts";
import type { SignPage } from "./sign-pages.ts";

/** Makes the bytes that put a page on a sign of one kind. */
export interface SignPainter {
  /** The driver's name in logs and configuration. */
  readonly driver: string;
  readonly colours: number;
  /** What is sent first each time the sign comes up. */
  readonly greeting: Uint8Array;
  /**
   * Looks up what these pages need. Ready at once with what there is; calls `onReady` later if that becomes more, never
   * from within this call.
   */
  prepare(pages: readonly SignPage[], onReady: () => void): void;
  /** Works for any page, also one that was not prepared. */
  paint(page: SignPage): Uint8Array;
  /** What of these pages cannot be shown. */
  lacks(pages: readonly SignPage[]): ReadonlySet<PlateLack>;
  /** What keeps the painter from its work, null: nothing. */
  fault(): string | null;
  /** What the sign answers in these bytes to what it was sent: true when it took it. */
  answersIn(chunk: Uint8Array): readonly boolean[];
  /** The bytes of a new connection have nothing to do with the last one's. */
  reset(): void;
}
