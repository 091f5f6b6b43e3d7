import { useState } from "preact/hooks";
import { Bi } from "../../design/design.ts";
import { FormField } from "../office/form-field.tsx";
import { RefusedNote } from "../office/refused-note.tsx";
import { useSending } from "../office/use-sending.ts";

/** A slot given back makes room for somebody else. */
export function CancelOwn() {
  const { busy, refusal, post } = useSending("cancel-own");
  const [done, setDone] = useState(false);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const filled = new FormData(form);
    const body = { number: textOf(filled, "number"), check: textOf(filled, "check") };
    void post("/api/appointments/cancellations", body).then((ok) => {
      setDone(ok);
      if (ok) form.reset();
    });
  };
  return (
    <form class="card book-form" onSubmit={submit}>
      <h2>
        <Bi zh="取消预约" en="Cancel a booking" />
      </h2>
      {FIELDS.map(({ name, words, digits }) => (
        <FormField key={name} words={words} fault={null} takesFocus={false}>
          {(marks) => (
            <input
              {...marks}
              name={name}
              inputMode="numeric"
              autoComplete="off"
              pattern={`[0-9]{${digits}}`}
              maxLength={digits}
              required
            />
          )}
        </FormField>
      ))}
      <RefusedNote refusal={refusal} />
      {done && (
        <p class="note" role="status">
          <Bi zh="预约已取消" en="It is cancelled" />
        </p>
      )}
      <button type="submit" class="button" disabled={busy}>
        <Bi zh="取消预约" en="Cancel it" />
      </button>
    </form>
  );
}

const FIELDS = [
  { name: "number", words: { zh: "预约号", en: "Booking number" }, digits: 6 },
  { name: "check", words: { zh: "校验码", en: "Code" }, digits: 4 },
] as const;

function textOf(filled: FormData, name: string): string {
  const value = filled.get(name);
  return typeof value === "string" ? value : "";
}
