import { useState } from "preact/hooks";
import { Bi, type Person, useWords } from "../../design/design.ts";
import { bodyOf, FORMS, type FormField, type OfficeForm } from "./forms.ts";
import { useSending } from "../office/use-sending.ts";

/** The forms somebody of these roles may fill in. */
export function Filing({ person, onDone }: { readonly person: Person; readonly onDone: () => void }) {
  const answers = person.roles.some((role) => role === "head" || role === "manager" || role === "office");
  const forms = FORMS.filter(({ own }) => answers || own);
  const [kind, setKind] = useState("leave");
  const form = forms.find((each) => each.kind === kind);
  return (
    <section class="card" aria-labelledby="filing">
      <h2 id="filing">
        <Bi zh="填报" en="File" />
      </h2>
      <div class="buttons">
        {forms.map(({ kind: each, words }) => (
          <button
            key={each}
            type="button"
            class={each === kind ? "button primary" : "button"}
            aria-pressed={each === kind}
            onClick={() => setKind(each)}
          >
            <Bi {...words} />
          </button>
        ))}
      </div>
      {form !== undefined && <FilingForm key={kind} form={form} own={person.staffId ?? ""} onDone={onDone} />}
    </section>
  );
}

interface FilingFormProps {
  readonly form: OfficeForm;
  /** Who fills it in, if they are of the roster. */
  readonly own: string;
  readonly onDone: () => void;
}

function FilingForm({ form, own, onDone }: FilingFormProps) {
  const { busy, refusal, post } = useSending(`file-${form.kind}`);
  const file = async (element: HTMLFormElement): Promise<void> => {
    const filled = new FormData(element);
    const body = bodyOf(form, (name) => {
      const value = filled.get(name);
      return typeof value === "string" ? value : "";
    });
    if (!(await post("/api/attendance/documents", body))) return;
    element.reset();
    onDone();
  };
  return (
    <form
      class="leave-form"
      onSubmit={(event) => {
        event.preventDefault();
        void file(event.currentTarget);
      }}
    >
      {form.fields.map((field) => (
        <Field key={field.name} field={field} preset={field.name === "person" ? own : ""} />
      ))}
      {refusal !== null && (
        <p class="note alarm" role="alert">
          <Bi {...refusal} />
        </p>
      )}
      <button type="submit" class="button primary" disabled={busy}>
        <Bi zh="提交" en="Submit" />
      </button>
    </form>
  );
}

function Field({ field, preset }: { readonly field: FormField; readonly preset: string }) {
  const say = useWords();
  const { name, words, type, choices, optional } = field;
  return (
    <label class="field">
      <span>
        <Bi {...words} />
      </span>
      {type === "choice" ? (
        <select name={name}>
          {choices?.map(([value, called]) => (
            <option key={value} value={value}>
              {say(called)}
            </option>
          ))}
        </select>
      ) : (
        <input
          name={name}
          type={type === "people" ? "text" : type}
          required={optional !== true}
          defaultValue={preset}
        />
      )}
    </label>
  );
}
