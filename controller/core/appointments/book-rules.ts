import { accepted, type Result } from "../../../protocol/index.ts";
import type { Rejection } from "../commands.ts";
import { regulationOf } from "../office/regulation.ts";
import { rulesAt } from "../policy/policy.ts";
import type { HallView } from "../state.ts";
import type { AppointmentsConfiguration } from "./appointments-configuration.ts";
import { refuseBooking } from "./appointment-refusals.ts";

/** The hall's book. Refused where it has none, and where the regulation has everybody queue in turn (HRS-26). */
export function bookOf(hall: HallView): Result<AppointmentsConfiguration, Rejection> {
  const profile = regulationOf(hall.configuration)?.policy.profile;
  if (profile?.appointments.needed === false)
    return refuseBooking("no-appointment-needed", rulesFor(hall, "appointments.needed"));
  const book = hall.configuration?.appointments as AppointmentsConfiguration | undefined;
  return book === undefined ? refuseBooking("appointments-off") : accepted(book);
}

/** HRS-24, where the regulation says so or the hall offers it by itself. */
export const servesOutOfHours = (hall: HallView, book: AppointmentsConfiguration): boolean =>
  book.outOfHours ?? regulationOf(hall.configuration)?.policy.profile.appointments.outOfHours ?? false;

/** What a breach rests on: the regulation's rules, or the hall's own word where it keeps none. */
export function rulesFor(hall: HallView, path: `appointments.${string}`): readonly string[] {
  const regulation = regulationOf(hall.configuration);
  return regulation === null ? [`hall:${path}`] : rulesAt(regulation.policy, path);
}
