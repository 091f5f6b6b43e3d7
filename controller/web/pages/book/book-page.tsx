import { useState } from "preact/hooks";
import type { AppointmentOffer } from "../../../projections/appointment-pictures.ts";
import { Bi, PageShell } from "../../design/design.ts";
import { RefusedNote } from "../office/refused-note.tsx";
import { RuleIds } from "../office/rule-ids.tsx";
import { useAsked } from "../office/use-asked.ts";
import { BookedNote } from "./booked-note.tsx";
import { CancelOwn } from "./cancel-own.tsx";
import { firstChoice, SlotChoice } from "./slot-choice.tsx";
import { useBooking } from "./use-booking.ts";

const TITLE = { zh: "网上预约", en: "Book an appointment" };

/** For citizens, without an account: a slot, and a number and a code for it. Nobody asks who they are. */
export function BookPage() {
  const asked = useAsked<AppointmentOffer>("/api/appointments");
  const offer = asked.value;
  return (
    <PageShell title={TITLE} live={asked}>
      {offer !== null && !offer.open && (
        <p class="note">
          {offer.why !== null && <Bi {...offer.why} />} <RuleIds rules={offer.rules} />
        </p>
      )}
      {offer?.open === true && (
        <div class="book">
          {offer.channels.includes("online") ? (
            <Booking offer={offer} />
          ) : (
            <p class="note">
              <Bi zh="请到大厅或打电话预约" en="Please book at the hall or by telephone" />
            </p>
          )}
          <CancelOwn />
        </div>
      )}
    </PageShell>
  );
}

function Booking({ offer }: { readonly offer: AppointmentOffer }) {
  const [choice, setChoice] = useState(() => firstChoice(offer));
  const { busy, refusal, booked, book, clear } = useBooking("book");
  if (booked !== null) {
    return (
      <div class="book-done">
        <BookedNote booked={booked} />
        <button type="button" class="button" onClick={clear}>
          <Bi zh="再约一个" en="Another one" />
        </button>
      </div>
    );
  }
  const submit = (event: Event): void => {
    event.preventDefault();
    const { service, fromMs, reason } = choice;
    void book("/api/appointments", { service, fromMs, ...(reason !== "" && { reason }) });
  };
  return (
    <form class="card book-form" onSubmit={submit}>
      <SlotChoice offer={offer} choice={choice} onChoose={setChoice} />
      <RefusedNote refusal={refusal} />
      <button type="submit" class="button primary" disabled={busy || choice.fromMs === null}>
        <Bi zh="预约" en="Book" />
      </button>
    </form>
  );
}
