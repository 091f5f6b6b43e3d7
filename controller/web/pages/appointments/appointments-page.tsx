import { useState } from "preact/hooks";
import type { AppointmentOffer, BookingDay } from "../../../projections/appointment-pictures.ts";
import { Bi, PageShell, type Person, SignedInAs, usePerson } from "../../design/design.ts";
import { FormField } from "../office/form-field.tsx";
import { RuleIds } from "../office/rule-ids.tsx";
import { useAsked } from "../office/use-asked.ts";
import { BookingList } from "./booking-list.tsx";
import { BreachNotes } from "./breach-notes.tsx";
import { DeskForm } from "./desk-form.tsx";

const TITLE = { zh: "预约", en: "Appointments" };
/** Who reads what was not kept. The server decides it. */
const READS_BREACHES = ["head", "manager", "inspector", "office"];
const KEEPS_THE_BOOK = ["staff", "head", "manager", "office"];

/** The book, at the desk: who is booked when, and booking for whoever stands there or rings. */
export function AppointmentsPage() {
  const asked = useAsked<AppointmentOffer>("/api/appointments");
  const person = usePerson(asked.link);
  const offer = asked.value;
  return (
    <PageShell title={TITLE} live={asked} tools={<SignedInAs person={person} />}>
      {offer !== null && !offer.open && (
        <p class="note">
          {offer.why !== null && <Bi {...offer.why} />} <RuleIds rules={offer.rules} />
        </p>
      )}
      {offer?.open === true && <Book offer={offer} person={person} />}
    </PageShell>
  );
}

function Book({ offer, person }: { readonly offer: AppointmentOffer; readonly person: Person | null }) {
  const [date, setDate] = useState(offer.today);
  const day = useAsked<BookingDay>(date === "" ? null : `/api/appointments/days/${date}`);
  const may = (roles: readonly string[]): boolean => person?.roles.some((role) => roles.includes(role)) === true;
  return (
    <div class="appointments">
      <div>
        <div class="day-head">
          <FormField words={{ zh: "日期", en: "Day" }} fault={null} takesFocus={false}>
            {(marks) => (
              <input
                {...marks}
                type="date"
                value={date}
                onInput={({ currentTarget }) => setDate(currentTarget.value)}
              />
            )}
          </FormField>
        </div>
        {day.value !== null && (
          <BookingList bookings={day.value.bookings} mayAct={may(KEEPS_THE_BOOK)} onDone={day.again} />
        )}
        {may(READS_BREACHES) && <BreachNotes />}
      </div>
      {may(KEEPS_THE_BOOK) && (
        <div>
          <DeskForm offer={offer} onDone={day.again} />
        </div>
      )}
    </div>
  );
}
