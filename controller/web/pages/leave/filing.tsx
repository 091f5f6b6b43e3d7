import { useState } from "preact/hooks";
import type { FilingChoices } from "../../../projections/attendance/filing-choices.ts";
import { Bi } from "../../design/design.ts";
import { KIND_WORDS } from "../office/office-words.ts";
import { FilingForm } from "./filing-form.tsx";
import { type Choices, FORMS, type OfficeForm, returnForm } from "./forms.ts";
import type { Named } from "./people-named.ts";

interface FilingProps {
  readonly choices: FilingChoices;
  /** Who fills it in, if they are of the roster. */
  readonly own: string | null;
  /** Leave that somebody may have come back from. */
  readonly leaves: Choices;
  readonly onDone: () => void;
}

/** The forms that whoever is signed in may fill in, by the hall's own word. */
export function Filing({ choices, own, leaves, onDone }: FilingProps) {
  const all = leaves.length === 0 ? FORMS : [...FORMS, returnForm(leaves)];
  const forms = all.filter(({ kind }) => namedIn(choices, own, kind).length > 0);
  const [asked, setAsked] = useState(() => new URLSearchParams(location.search).get("file") ?? "leave");
  const [filed, setFiled] = useState(0);
  const form = forms.find(({ kind }) => kind === asked) ?? forms[0];
  if (form === undefined) return null;
  return (
    <section class="card" aria-labelledby="filing">
      <h2 id="filing">
        <Bi zh="填报" en="File" />
      </h2>
      <div class="buttons form-kinds">
        {forms.map(({ kind }) => (
          <button
            key={kind}
            type="button"
            class={kind === form.kind ? "button small primary" : "button small"}
            aria-pressed={kind === form.kind}
            onClick={() => setAsked(kind)}
          >
            <Bi {...KIND_WORDS[kind]} />
          </button>
        ))}
      </div>
      <FilingForm
        key={`${form.kind} ${filed}`}
        form={form}
        choices={choices}
        about={namedIn(choices, own, form.kind)}
        onDone={() => {
          history.replaceState(null, "", location.pathname); // What was asked for is filed.
          setAsked(form.kind);
          setFiled(filed + 1); // A new form, with a key of its own.
          onDone();
        }}
      />
    </section>
  );
}

/** Whom a document of this kind may be about. */
function namedIn({ kinds, people }: FilingChoices, own: string | null, kind: OfficeForm["kind"]): readonly Named[] {
  const rights = kinds.find((each) => each.kind === kind);
  return people.filter(
    ({ person, answered }) => (rights?.others === true && answered) || (rights?.own === true && person === own),
  );
}
