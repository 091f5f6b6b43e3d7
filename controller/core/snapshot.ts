import type { Json } from "../../protocol/index.ts";
import { emptyHall, type HallState, type HallView } from "./state.ts";

/** The state as plain JSON: equal states give equal canonical JSON, so that a digest of it can be compared (I7). */
export function freezeHall(hall: HallView): Json {
  return { position: hall.position };
}

/** The inverse of `freezeHall`. */
export function thawHall(_frozen: Json): HallState {
  return emptyHall();
}
