import { useState } from "preact/hooks";
import type { AppointmentOffer } from "../../../projections/appointment-pictures.ts";
import { Bi, useWords } from "../../design/design.ts";
import { BookedNote } from "../book/booked-note.tsx";
import { CHANNEL_WORDS } from "../book/booking-words.ts";
import { type Choice, firstChoice, SlotChoice } from "../book/slot-choice.tsx";
import { useBooking } from "../book/use-booking.ts";
import { FormField } from "../office/form-field.tsx";
import { RefusedNote } from "../office/refused-note.tsx";
import { OutOfHours, type Outside } from "./out-of-hours.tsx";

interface DeskFormProps {
  readonly offer: AppointmentOffer;
  readonly onDone: () => void;
}

const NOT_OUTSIDE: Outside = { staff: "", fromMs: null };

/** Books for whoever stands at the desk or rings; the number and the code are read out to them. */
export function DeskForm({ offer, onDone }: DeskFormProps) {
  const say = useWords();
  const ways = offer.channels.filter((channel) => channel !== "online");
  const [choice, setChoice] = useState<Choice>(() => firstChoice(offer));
  const [channel, setChannel] = useState(ways[0] ?? "desk");
  const [outside, setOutside] = useState<Outside>(NOT_OUTSIDE);
  const { busy, refusal, booked, book, clear } = useBooking("desk-book");
  const fromMs = outside.fromMs ?? choice.fromMs;
  const submit = (event: Event): void => {
    event.preventDefault();
    const { service, reason } = choice;
    const person = outside.fromMs === null ? {} : { staff: outside.staff };
    const body = { service, fromMs, channel, ...(reason !== "" && { reason }), ...person };
    void book("/api/appointments/desk", body).then((ok) => {
      if (ok) onDone();
    });
  };
  if (booked !== null) {
    const another = (): void => {
      clear();
      setChoice({ ...choice, fromMs: null });
      setOutside(NOT_OUTSIDE);
    };
    return (
      <>
        <BookedNote booked={booked} />
        <button type="button" class="button" onClick={another}>
          <Bi zh="再约一个" en="Another one" />
        </button>
      </>
    );
  }
  return (
    <form class="card book-form" onSubmit={submit}>
      <h2>
        <Bi zh="新预约" en="New booking" />
      </h2>
      <FormField words={{ zh: "方式", en: "Way" }} fault={null} takesFocus={false}>
        {(marks) => (
          <select
            {...marks}
            value={channel}
            onChange={({ currentTarget }) => setChannel(ways.find((way) => way === currentTarget.value) ?? "desk")}
          >
            {ways.map((way) => (
              <option key={way} value={way}>
                {say(CHANNEL_WORDS[way])}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <SlotChoice
        offer={offer}
        choice={choice}
        onChoose={(chosen) => {
          setChoice(chosen);
          setOutside(NOT_OUTSIDE);
        }}
      />
      {offer.outOfHours && <OutOfHours date={choice.date} chosen={outside} onChoose={setOutside} />}
      <RefusedNote refusal={refusal} />
      <button type="submit" class="button primary" disabled={busy || fromMs === null}>
        <Bi zh="预约" en="Book" />
      </button>
    </form>
  );
}
