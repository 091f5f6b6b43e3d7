import type { AppointmentOffer, SlotList } from "../../../projections/appointment-pictures.ts";
import { Bi, useWords } from "../../design/design.ts";
import { FormField } from "../office/form-field.tsx";
import { useAsked } from "../office/use-asked.ts";
import { slotWords, spanOf } from "./booking-words.ts";

/** What somebody has chosen of the offer so far. */
export interface Choice {
  readonly service: string;
  readonly date: string;
  readonly fromMs: number | null;
  readonly reason: string;
}

export const firstChoice = ({ services, today }: AppointmentOffer): Choice => ({
  service: services[0]?.id ?? "",
  date: today,
  fromMs: null,
  reason: "",
});

interface SlotChoiceProps {
  readonly offer: AppointmentOffer;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

/** Service, day, reason, and of that day's slots the one that suits. */
export function SlotChoice({ offer, choice, onChoose }: SlotChoiceProps) {
  const say = useWords();
  const change = (part: Partial<Choice>): void => onChoose({ ...choice, ...part });
  return (
    <>
      <FormField words={{ zh: "事项", en: "Service" }} fault={null} takesFocus={false}>
        {(marks) => (
          <select
            {...marks}
            value={choice.service}
            onChange={({ currentTarget }) => change({ service: currentTarget.value, fromMs: null })}
          >
            {offer.services.map(({ id, name }) => (
              <option key={id} value={id}>
                {say(name)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField words={{ zh: "日期", en: "Day" }} fault={null} takesFocus={false}>
        {(marks) => (
          <input
            {...marks}
            type="date"
            min={offer.today}
            max={offer.until}
            value={choice.date}
            onInput={({ currentTarget }) => change({ date: currentTarget.value, fromMs: null })}
          />
        )}
      </FormField>
      {offer.reasons.length > 0 && (
        <FormField words={{ zh: "预约事由", en: "Reason" }} optional fault={null} takesFocus={false}>
          {(marks) => (
            <select
              {...marks}
              value={choice.reason}
              onChange={({ currentTarget }) => change({ reason: currentTarget.value })}
            >
              <option value="">{say({ zh: "无", en: "None" })}</option>
              {offer.reasons.map(({ id, text }) => (
                <option key={id} value={id}>
                  {say(text)}
                </option>
              ))}
            </select>
          )}
        </FormField>
      )}
      <Slots choice={choice} onChoose={(fromMs) => change({ fromMs })} />
    </>
  );
}

function Slots({ choice, onChoose }: { readonly choice: Choice; readonly onChoose: (fromMs: number) => void }) {
  const { service, date, fromMs } = choice;
  const known = service !== "" && date !== "";
  const asked = useAsked<SlotList>(known ? `/api/appointments/slots/${service}/${date}` : null);
  const slots = asked.value?.slots ?? [];
  if (asked.value !== null && slots.length === 0) {
    return (
      <p class="note empty">
        <Bi zh="当日没有可约时段" en="No slots are left on that day" />
      </p>
    );
  }
  return (
    <fieldset class="slots">
      <legend class="field-label">
        <Bi zh="时段" en="Slot" />
      </legend>
      {slots.map((slot) => (
        <button
          key={slot.fromMs}
          type="button"
          class="button slot"
          aria-pressed={slot.fromMs === fromMs}
          disabled={slot.left === 0}
          onClick={() => onChoose(slot.fromMs)}
        >
          <span>{spanOf(slot)}</span>
          <small>
            <Bi {...slotWords(slot)} />
          </small>
        </button>
      ))}
    </fieldset>
  );
}
