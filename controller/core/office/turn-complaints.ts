import { dayNumber } from "../attendance/hall-time.ts";
import type { Turn } from "./attendance-configuration.ts";

interface Complaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Turns and duty tables that contradict themselves, or name what the hall does not have. */
export function complaintsAboutTurns(
  turns: readonly Turn[],
  known: { readonly counters: ReadonlySet<string>; readonly staff: ReadonlySet<string> },
): Complaint[] {
  return turns.flatMap((turn, at) => {
    const path = ["attendance", "turns", at];
    const unknown = (key: string | number, id: string, among: ReadonlySet<string>): Complaint[] =>
      among.has(id) ? [] : [{ path: [...path, key], message: `"${id}" is not defined` }];
    const dates = (["from", "to"] as const).filter((key) => dayNumber(turn[key]) === null);
    const overlaps = turns.findIndex(
      (other, index) => index < at && other.counter === turn.counter && other.from <= turn.to && turn.from <= other.to,
    );
    return [
      ...unknown("counter", turn.counter, known.counters),
      ...[...turn.staff, ...turn.backups].flatMap((id) => unknown("staff", id, known.staff)),
      ...dates.map((key) => ({ path: [...path, key], message: `"${turn[key]}" is not a date of the calendar` })),
      ...(turn.to < turn.from ? [{ path: [...path, "to"], message: "TURN_REVERSED: ends before it starts" }] : []),
      ...(overlaps === -1
        ? []
        : [{ path: [...path, "from"], message: `TURNS_OVERLAP: turns[${overlaps}] has window ${turn.counter} then` }]),
    ];
  });
}
