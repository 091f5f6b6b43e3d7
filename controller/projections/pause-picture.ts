import { z } from "zod";
import { Bilingual, bilingual, type EpochMs, Temporal } from "../../protocol/index.ts";
import type { CounterView } from "../core/counters/counter.ts";
import type { HallView } from "../core/state.ts";

/** Why a window is paused, and until when if its clerk said so: UTC milliseconds (QUE-07, IDN-19). */
export const PausePicture = z.object({
  reason: Bilingual,
  sinceMs: z.number().nonnegative(),
  untilMs: z.number().nonnegative().nullable(),
});
export type PausePicture = z.infer<typeof PausePicture>;

/** Null while the window is not paused by its keys, or its reason is configured no more. */
export function pauseOf(hall: HallView, { paused, pause }: CounterView): PausePicture | null {
  const reason = hall.configuration?.pauseReasons.find(({ id }) => id === pause?.reason);
  if (paused !== "keys" || pause === null || reason === undefined) return null;
  return { reason: reason.text, sinceMs: pause.sinceMs, untilMs: pause.untilMs };
}

const PAUSED = bilingual("暂停办理", "Paused");

/** As the nameplate has it, with the expected time by the hall's clock. */
export function pauseStatus(hall: HallView, counter: CounterView): Bilingual {
  const pause = pauseOf(hall, counter);
  if (pause === null) return PAUSED;
  const { reason, untilMs } = pause;
  const until = untilMs === null ? null : timeOfDay(hall, untilMs as EpochMs);
  return bilingual(
    `${PAUSED.zh} ${reason.zh}${until === null ? "" : ` 预计${until}恢复`}`,
    `${PAUSED.en}, ${reason.en}${until === null ? "" : `, back ${until}`}`,
  );
}

/** "10:15" */
function timeOfDay(hall: HallView, at: EpochMs): string {
  const zone = hall.configuration?.zone ?? "UTC";
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
}
