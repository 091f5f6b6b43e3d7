import type { DeskPicture } from "../../../projections/desk-picture.ts";
import type { Question, Wish } from "./clerk-wish.ts";
import type { Possible } from "./possible.ts";

/** What every part of the page gets. */
export interface DeskProps {
  readonly desk: DeskPicture;
  readonly can: Possible;
  readonly ask: (question: Question) => void;
  readonly act: (wish: Wish) => void;
}
