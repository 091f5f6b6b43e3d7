/** What a reader's bytes or reports say: a card's identifier as it was sent, or something that was not understood. */
export type BadgeWord =
  | { readonly kind: "card"; readonly identifier: readonly number[] }
  | { readonly kind: "bad"; readonly reason: BadReason };

export type BadReason = "checksum" | "framing" | "noise";

/** A decoder of a stream in which cards are told. Keeps nothing itself: its state is handed in and out. */
export interface BadgeStream<State> {
  readonly start: State;
  /** Decodes the next bytes, in whatever portions they come. */
  decode(state: State, chunk: Uint8Array): readonly [State, readonly BadgeWord[]];
  /** What is left when nothing more will follow. */
  end(state: State): readonly [State, readonly BadgeWord[]];
}

export const cardWord = (identifier: readonly number[]): BadgeWord => ({ kind: "card", identifier });
export const badWord = (reason: BadReason): BadgeWord => ({ kind: "bad", reason });
