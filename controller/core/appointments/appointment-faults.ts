import { type Policy, type PolicyFault, rulesAt } from "../policy/policy.ts";
import type { AppointmentsConfiguration } from "./appointments-configuration.ts";

/** What a hall's book leaves out that its regulation names: a way of booking (HRS-21), or whom it is for (HRS-22). */
export function appointmentFaults(
  { profile, ...policy }: Policy,
  book: AppointmentsConfiguration | undefined,
): readonly PolicyFault[] {
  if (book === undefined) return [];
  const fault = (code: string, path: "channels" | "reasons", missing: string): PolicyFault => {
    const message = `${profile.names.zh} names "${missing}", which is not in the book`;
    return {
      code,
      path: `appointments.${path}`,
      message,
      rules: rulesAt({ profile, ...policy }, `appointments.${path}`),
    };
  };
  const { channels, reasons } = profile.appointments;
  const ids = new Set(book.reasons.map(({ id }) => id));
  return [
    ...channels
      .filter((way) => !book.channels.includes(way))
      .map((way) => fault("BOOKING_WAY_MISSING", "channels", way)),
    ...reasons.filter((id) => !ids.has(id)).map((id) => fault("BOOKING_REASON_MISSING", "reasons", id)),
  ];
}
