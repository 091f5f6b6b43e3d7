import type { EpochMs, ServiceId, StaffId, TicketId } from "../../../protocol/index.ts";
import type { AccountId } from "../access/actor.ts";
import type { ReasonId } from "../reasons.ts";
import type { Channel } from "./appointment-events.ts";

/** What a citizen knows of their booking. */
export interface BookingWords {
  readonly number: string;
  readonly check: string;
}

/** Which booking: by what the citizen knows, or by its id for somebody of the hall. */
export type BookingAsked = BookingWords | { readonly bookingId: string };

export type AppointmentOrder =
  | {
      readonly type: "book-appointment";
      readonly bookingId: string;
      readonly serviceId: ServiceId;
      readonly fromMs: EpochMs;
      readonly channel: Channel;
      readonly reason?: ReasonId;
      readonly staffId?: StaffId;
      /** Absent: the citizen, online. */
      readonly by?: AccountId;
    }
  | { readonly type: "cancel-appointment"; readonly asked: BookingAsked; readonly by?: AccountId }
  | {
      readonly type: "check-in-appointment";
      readonly asked: BookingAsked;
      readonly ticketId: TicketId;
      readonly awaitsPrint?: boolean;
      readonly by?: AccountId;
    };
