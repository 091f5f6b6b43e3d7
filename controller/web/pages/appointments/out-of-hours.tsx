import type { BookingDay } from "../../../projections/appointment-pictures.ts";
import { Bi, useWords } from "../../design/design.ts";
import { spanOf } from "../book/booking-words.ts";
import { FormField } from "../office/form-field.tsx";
import { useAsked } from "../office/use-asked.ts";

export interface Outside {
  readonly staff: string;
  readonly fromMs: number | null;
}

interface OutOfHoursProps {
  readonly date: string;
  readonly chosen: Outside;
  readonly onChoose: (chosen: Outside) => void;
}

/** HRS-24: a slot outside the hours or on a day off, with the person who serves it. */
export function OutOfHours({ date, chosen, onChoose }: OutOfHoursProps) {
  const say = useWords();
  const { value } = useAsked<BookingDay>(date === "" ? null : `/api/appointments/days/${date}`);
  if (value === null || value.outside.length === 0) return null;
  return (
    <details>
      <summary>
        <Bi zh="服务时间外预约（须指定人员）" en="Outside the hours, with a named person" />
      </summary>
      <FormField words={{ zh: "人员", en: "Person" }} fault={null} takesFocus={false}>
        {(marks) => (
          <select
            {...marks}
            value={chosen.staff}
            onChange={({ currentTarget }) => onChoose({ ...chosen, staff: currentTarget.value })}
          >
            <option value="">{say({ zh: "请选择", en: "Choose" })}</option>
            {value.staff.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField words={{ zh: "时段", en: "Slot" }} fault={null} takesFocus={false}>
        {(marks) => (
          <select
            {...marks}
            value={chosen.fromMs ?? ""}
            disabled={chosen.staff === ""}
            onChange={({ currentTarget }) =>
              onChoose({ ...chosen, fromMs: currentTarget.value === "" ? null : Number(currentTarget.value) })
            }
          >
            <option value="">{say({ zh: "服务时间内", en: "Within the hours" })}</option>
            {value.outside.map((slot) => (
              <option key={slot.fromMs} value={slot.fromMs}>
                {spanOf(slot)}
              </option>
            ))}
          </select>
        )}
      </FormField>
    </details>
  );
}
