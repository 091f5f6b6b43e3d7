import { z } from "zod";
import { Bilingual } from "../../protocol/index.ts";

const TimeOfDay = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/u, "HH:MM, or 24:00 for the day's end");

/** Working sessions of a day, in order. */
export const Sessions = z
  .array(z.strictObject({ from: TimeOfDay, to: TimeOfDay }))
  .min(1)
  .max(4);

/** Other hours from a day on. The public is told before they hold (HRS-12): from `publishedAt`, the hall's own time. */
export const HoursChange = z.strictObject({
  from: z.iso.date(),
  publishedAt: z.string().regex(/^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d$/u, "YYYY-MM-DDTHH:MM"),
  sessions: Sessions,
});
type HoursChange = z.infer<typeof HoursChange>;

/** What idle plates and screens show in turn: always, or from one day until another, both included. */
export const Notice = z.union([
  Bilingual,
  z.strictObject({ text: Bilingual, from: z.iso.date().optional(), until: z.iso.date().optional() }),
]);
export type Notice = z.infer<typeof Notice>;

interface Complaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** HRS-12: a change published when its first session has begun, or later, is not a change told in advance. */
export function complaintsAboutHours(changes: readonly HoursChange[]): Complaint[] {
  return changes.flatMap(({ from, publishedAt, sessions }, at) => {
    const path = ["hoursChanges", at] as const;
    const opens = `${from}T${sessions[0]?.from ?? "00:00"}`;
    const late = publishedAt >= opens;
    const former = changes[at - 1];
    return [
      ...(late ? [{ path: [...path, "publishedAt"], message: `is not before ${opens}: tell people in advance` }] : []),
      ...(former !== undefined && former.from >= from ? [{ path: [...path, "from"], message: "is out of order" }] : []),
      ...complaintsAboutSessions([...path, "sessions"], sessions),
    ];
  });
}

export function complaintsAboutSessions(
  path: readonly (string | number)[],
  sessions: readonly { readonly from: string; readonly to: string }[],
): Complaint[] {
  return sessions.flatMap(({ from, to }, at) => {
    if (from >= to) return [{ path: [...path, at, "to"], message: "must be later than from" }];
    const former = sessions[at - 1];
    if (former === undefined || from >= former.to) return [];
    return [{ path: [...path, at, "from"], message: "is before the session before it ends" }];
  });
}
