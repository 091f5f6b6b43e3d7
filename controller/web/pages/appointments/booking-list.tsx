import { useState } from "preact/hooks";
import type { BookingPicture } from "../../../projections/appointment-pictures.ts";
import { Bi } from "../../design/design.ts";
import { ATTENDANCE_WORDS, CHANNEL_WORDS, spanOf, STATE_WORDS } from "../book/booking-words.ts";
import { FormField } from "../office/form-field.tsx";
import { RefusedNote } from "../office/refused-note.tsx";
import { useSending } from "../office/use-sending.ts";

interface BookingListProps {
  readonly bookings: readonly BookingPicture[];
  readonly mayAct: boolean;
  readonly onDone: () => void;
}

/** A day's bookings in their order; found by their number. */
export function BookingList({ bookings, mayAct, onDone }: BookingListProps) {
  const [wanted, setWanted] = useState("");
  const found = bookings.filter(({ number }) => number.includes(wanted.trim()));
  return (
    <>
      <FormField words={{ zh: "查找预约号", en: "Find a number" }} fault={null} takesFocus={false}>
        {(marks) => (
          <input
            {...marks}
            type="search"
            inputMode="numeric"
            value={wanted}
            onInput={({ currentTarget }) => setWanted(currentTarget.value)}
          />
        )}
      </FormField>
      {found.length === 0 ? (
        <p class="note empty">
          <Bi zh="没有预约" en="Nothing is booked" />
        </p>
      ) : (
        <ul class="bookings">
          {found.map((booking) => (
            <Booking key={booking.booking} booking={booking} mayAct={mayAct} onDone={onDone} />
          ))}
        </ul>
      )}
    </>
  );
}

interface BookingProps {
  readonly booking: BookingPicture;
  readonly mayAct: boolean;
  readonly onDone: () => void;
}

function Booking({ booking, mayAct, onDone }: BookingProps) {
  const { number, service, channel, reason, state, ticket, staff, attendance } = booking;
  const { words, tone } = STATE_WORDS[state];
  return (
    <li class="card booking">
      <strong>{spanOf(booking)}</strong>
      <span class="booking-number">{number}</span>
      <div class="booking-marks">
        <span>
          <Bi {...service.name} />
        </span>
        <span class={`chip ${tone}`}>
          <Bi {...words} />
          {ticket !== null && ` ${ticket}`}
        </span>
        <span class="chip off">
          <Bi {...CHANNEL_WORDS[channel]} />
        </span>
        {reason !== null && (
          <span class="chip off">
            <Bi {...reason} />
          </span>
        )}
        {staff !== null && (
          <span class={`chip ${attendance === null ? "off" : ATTENDANCE_WORDS[attendance].tone}`}>
            {staff.name} {attendance !== null && <Bi {...ATTENDANCE_WORDS[attendance].words} />}
          </span>
        )}
      </div>
      {mayAct && state === "booked" && <Actions booking={booking} onDone={onDone} />}
    </li>
  );
}

function Actions({ booking, onDone }: Pick<BookingProps, "booking" | "onDone">) {
  const { busy, refusal, post } = useSending(`booking-${booking.booking}`);
  const act = (what: "check-in" | "cancel"): void =>
    void post(`/api/appointments/${booking.booking}/${what}`, {}).then((ok) => {
      if (ok) onDone();
    });
  return (
    <div>
      <div class="buttons">
        <button type="button" class="button primary" disabled={busy} onClick={() => act("check-in")}>
          <Bi zh="取号" en="Check in" />
        </button>
        <button type="button" class="button" disabled={busy} onClick={() => act("cancel")}>
          <Bi zh="取消" en="Cancel" />
        </button>
      </div>
      <RefusedNote refusal={refusal} />
    </div>
  );
}
