import { accepted, type BusinessDate, type Result, refused } from "../../../protocol/index.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { Folds } from "../fold.ts";
import type { HallState, HallView } from "../state.ts";
import type { SealEvents, SealOrder } from "./seal-events.ts";

export function decideSeal(
  { seals, position }: Pick<HallView, "seals" | "position">,
  order: SealOrder,
): Result<readonly EventDraft[], { readonly code: "outdated"; readonly detail: string }> {
  if (order.type === "name-log-key") {
    const known = seals?.key === order.key;
    return accepted(known ? [] : [draft("log.key-named", { key: order.key }, CONTROLLER)]);
  }
  const { date, fromSeq, seq, key } = order.seal;
  const isNext = seals !== null && seals.unsealed.includes(date) && seals.sealedTo + 1 === fromSeq && seals.key === key;
  if (!isNext || seq < fromSeq || seq > position) {
    return refused({ code: "outdated", detail: `${date} is not to be signed at ${seq}` });
  }
  return accepted([draft("day.sealed", order.seal, CONTROLLER)]);
}

/** To be told when a day opens, before it does: the former one has closed. */
export function noteClose(hall: HallState, closed: BusinessDate): void {
  if (hall.seals === null) return;
  hall.seals = { ...hall.seals, unsealed: [...hall.seals.unsealed.filter((date) => date !== closed), closed] };
}

export const sealFolds: Folds<keyof SealEvents> = {
  "log.key-named": (hall, { data }) => {
    const { sealedTo = 0, unsealed = [] } = hall.seals ?? {};
    hall.seals = { key: data.key, sealedTo, unsealed };
  },
  "day.sealed": (hall, { data }) => {
    if (hall.seals === null) return;
    const unsealed = hall.seals.unsealed.filter((date) => date > data.date);
    hall.seals = { ...hall.seals, sealedTo: data.seq, unsealed };
  },
};
