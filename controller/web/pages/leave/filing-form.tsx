import { useEffect, useRef, useState } from "preact/hooks";
import type { FilingChoices } from "../../../projections/attendance/filing-choices.ts";
import { Bi } from "../../design/design.ts";
import { FormField } from "../office/form-field.tsx";
import { RefusedNote } from "../office/refused-note.tsx";
import { type Refused, useSending } from "../office/use-sending.ts";
import { FormInput } from "./form-inputs.tsx";
import { bodyOf, type FormField as Field, type OfficeForm } from "./forms.ts";
import { keepPaper } from "./keep-paper.ts";
import { OutlookNote } from "./outlook-note.tsx";
import { type Named, personMeant } from "./people-named.ts";
import { useOutlook } from "./use-outlook.ts";

interface FilingFormProps {
  readonly form: OfficeForm;
  readonly choices: FilingChoices;
  /** Whom the document may be about. */
  readonly about: readonly Named[];
  readonly onDone: () => void;
}

const SHAPES: Partial<Record<Field["type"], "wide" | "yes">> = {
  long: "wide",
  people: "wide",
  shifts: "wide",
  taps: "wide",
  yes: "yes",
};

/** What whoever sent people here wants filled in: `?file=step&person=s01&on=2026-03-06`. */
function askedFor(kind: OfficeForm["kind"]): (name: string) => string {
  const asked = new URLSearchParams(location.search);
  return (name) => (asked.get("file") === kind ? (asked.get(name) ?? "") : "");
}

type Body = Record<string, unknown>;

const NOBODY: Refused["words"] = {
  zh: "名单中没有此人，请从列表中选择",
  en: "Nobody of that name: choose from the list",
};

/** What stands in the form as the hall takes it, or the field in which a name is nobody's. */
function readForm(element: HTMLFormElement, { form, about, choices }: FilingFormProps): Body | Refused {
  const filled = new FormData(element);
  const text = (name: string): string => {
    const value = filled.get(name);
    return typeof value === "string" ? value : "";
  };
  const unknown = form.fields.find(
    ({ name, type }) => type === "person" && text(name).trim() !== "" && meant(name) === undefined,
  );
  function meant(name: string): string | undefined {
    return personMeant(name === "person" ? about : choices.people, text(name))?.person;
  }
  if (unknown !== undefined) return { words: NOBODY, field: unknown.name };
  const isPerson = (name: string): boolean =>
    form.fields.some((field) => field.name === name && field.type === "person");
  return bodyOf(form, (name) => (isPerson(name) ? (meant(name) ?? "") : text(name)));
}

const isRefused = (read: Body | Refused): read is Refused => "words" in read;

/** One form. What was typed stays when the hall refuses; the fault is said where it lies. */
export function FilingForm(props: FilingFormProps) {
  const { form, about, onDone } = props;
  const [asked] = useState(() => askedFor(form.kind));
  const [choices] = useState(props.choices); // What stands in the fields at first does not move under the hand.
  const { busy, refusal, post } = useSending(`file-${form.kind}`);
  const [own, setOwn] = useState<Refused | null>(null);
  const [draft, setDraft] = useState<Body | null>(null);
  const outlook = useOutlook(draft);
  const element = useRef<HTMLFormElement>(null);
  const look = (): void => {
    const read = element.current === null ? null : readForm(element.current, props);
    setDraft(read === null || isRefused(read) ? null : read);
  };
  useEffect(look, []);
  const file = async (): Promise<void> => {
    if (element.current === null) return;
    const read = readForm(element.current, props);
    setOwn(isRefused(read) ? read : null);
    if (isRefused(read)) return;
    const paper = new FormData(element.current).get("evidence");
    const kept = paper instanceof File && paper.size > 0 ? await keepPaper(paper) : null;
    if (kept !== null && "refused" in kept) return setOwn(kept.refused);
    if (await post("/api/attendance/documents", kept === null ? read : { ...read, evidence: kept.digest })) onDone();
  };
  const said = own ?? refusal;
  const seen = said ?? outlook.refusal;
  const faultAt = (name: string): Refused | null => (seen?.field === name ? seen : null);
  const isPlaced = form.fields.some(({ name }) => name === said?.field);
  return (
    <form
      ref={element}
      class="leave-form"
      onChange={() => queueMicrotask(look)} // What a field makes of it is there once it is drawn again.
      onSubmit={(event) => {
        event.preventDefault();
        void file();
      }}
    >
      {form.fields.map((field) => (
        <FormField
          key={field.name}
          words={field.words}
          optional={field.optional === true && field.type !== "yes"}
          hint={field.hint}
          fault={faultAt(field.name)}
          takesFocus={said !== null}
          shape={SHAPES[field.type]}
        >
          {(marks) => (
            <FormInput
              field={field}
              marks={marks}
              choices={choices}
              asked={asked(field.name)}
              people={field.name === "person" || field.name === "persons" ? about : choices.people}
            />
          )}
        </FormField>
      ))}
      <OutlookNote outlook={outlook.outlook} />
      {!isPlaced && <RefusedNote refusal={said} />}
      <p class="wide">
        <button type="submit" class="button primary" disabled={busy}>
          <Bi zh="提交" en="Submit" />
        </button>
      </p>
    </form>
  );
}
