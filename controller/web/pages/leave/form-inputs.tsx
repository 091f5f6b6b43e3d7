import { useState } from "preact/hooks";
import type { FilingChoices } from "../../../projections/attendance/filing-choices.ts";
import { Bi, useWords, type Words } from "../../design/design.ts";
import type { FieldMarks } from "../office/form-field.tsx";
import type { FormField } from "./forms.ts";
import { NameList } from "./name-list.tsx";
import { labelOf, type Named, personMeant } from "./people-named.ts";
import { ShiftsInput } from "./shifts-input.tsx";
import { TapsInput } from "./taps-input.tsx";

interface InputProps {
  readonly field: FormField;
  readonly marks: FieldMarks;
  /** Whom one may name here. */
  readonly people: readonly Named[];
  readonly choices: Pick<FilingChoices, "today" | "next" | "hours" | "counters" | "terminals">;
  /** What the page was asked to fill in; empty: nothing. */
  readonly asked: string;
}

const PAPER_TYPES = "image/jpeg,image/png,application/pdf";
const REASON_MAX = 400;
const PEOPLE_MAX = 300;

/** The input of one field, by the field's type. */
export function FormInput({ field, marks, people, choices, asked }: InputProps) {
  const { name, type, optional } = field;
  const required = optional !== true;
  switch (type) {
    case "choice":
      return <Choice {...{ name, marks, required }} options={field.choices ?? []} asked={asked} />;
    case "counter":
      return <Choice {...{ name, marks, required }} options={windowsOf(choices)} asked={asked} />;
    case "terminal":
      return <Choice {...{ name, marks, required }} options={terminalsOf(choices)} asked={asked} />;
    case "shifts":
      return <ShiftsInput {...{ name, marks }} hours={choices.hours} />;
    case "taps":
      return <TapsInput {...{ name, marks, people }} />;
    case "count":
      return <input {...marks} name={name} type="number" min={1} max={PEOPLE_MAX} required={required} />;
    case "person":
      return <PersonInput {...{ name, marks, required, people, asked }} />;
    case "people":
      return <PeopleInput {...{ name, marks, people }} />;
    case "paper":
      return <input {...marks} name={name} type="file" accept={PAPER_TYPES} />;
    case "yes":
      return <input {...marks} name={name} type="checkbox" value="yes" />;
    case "long":
      return <textarea {...marks} name={name} required={required} rows={2} maxLength={REASON_MAX} />;
    case "text":
      return <input {...marks} name={name} required={required} autocomplete="off" />;
    case "date":
    case "datetime-local":
      return (
        <input
          {...marks}
          name={name}
          type={type}
          required={required}
          defaultValue={asked === "" ? presetOf(field, choices) : asked}
        />
      );
    default:
      return type satisfies never;
  }
}

function presetOf({ preset }: FormField, { today, next }: InputProps["choices"]): string {
  if (preset === "today") return today;
  return (preset === "next-from" ? next?.from : preset === "next-to" ? next?.to : null) ?? "";
}

const windowsOf = ({ counters }: InputProps["choices"]): NonNullable<FormField["choices"]> =>
  counters.map(({ counter, title }) => [counter, { zh: `${counter}号 ${title.zh}`, en: title.en }]);

const terminalsOf = ({ terminals }: InputProps["choices"]): NonNullable<FormField["choices"]> =>
  terminals.map(({ terminal, counter }) => [
    terminal,
    counter === null
      ? { zh: terminal, en: "" }
      : { zh: `${terminal}（${counter}号窗口）`, en: `${terminal}, window ${counter}` },
  ]);

interface ChoiceProps {
  readonly name: string;
  readonly marks: FieldMarks;
  readonly required: boolean;
  readonly options: readonly (readonly [value: string, words: Words])[];
  readonly asked: string;
}

function Choice({ name, marks, required, options, asked }: ChoiceProps) {
  const say = useWords();
  return (
    <select {...marks} name={name}>
      {!required && <option value="">—</option>}
      {options.map(([value, words]) => (
        <option key={value} value={value} selected={value === asked}>
          {say(words)}
        </option>
      ))}
    </select>
  );
}

interface PersonInputProps {
  readonly name: string;
  readonly marks: FieldMarks;
  readonly required: boolean;
  readonly people: readonly Named[];
  readonly asked: string;
}

/** A name is typed or chosen from the browser's own list. Where there is but one, it stands there already. */
function PersonInput({ name, marks, required, people, asked }: PersonInputProps) {
  const [only, second] = people;
  const preset = required && only !== undefined && second === undefined ? labelOf(only) : "";
  const meant = people.find(({ person }) => person === asked);
  return (
    <>
      <input
        {...marks}
        name={name}
        list={`${marks.id}-names`}
        required={required}
        defaultValue={meant === undefined ? preset : labelOf(meant)}
        readOnly={preset !== ""}
        autocomplete="off"
        placeholder="姓名或工号 name or number"
      />
      <NameList id={`${marks.id}-names`} people={people} />
    </>
  );
}

/** Several people, one name after the other; the form sends their ids. */
function PeopleInput({ name, marks, people }: Omit<PersonInputProps, "required" | "asked">) {
  const [chosen, setChosen] = useState<readonly Named[]>([]);
  const say = useWords();
  const add = (input: HTMLInputElement): void => {
    const meant = personMeant(people, input.value);
    if (meant === null) return;
    setChosen((before) => [...before.filter(({ person }) => person !== meant.person), meant]);
    input.value = "";
  };
  const left = people.filter(({ person }) => !chosen.some((each) => each.person === person));
  return (
    <div class="people-input">
      <input type="hidden" name={name} value={chosen.map(({ person }) => person).join(" ")} />
      <input
        {...marks}
        list={`${marks.id}-names`}
        autocomplete="off"
        placeholder="姓名或工号 name or number"
        required={chosen.length === 0}
        onChange={(event) => add(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          add(event.currentTarget);
        }}
      />
      <NameList id={`${marks.id}-names`} people={left} />
      {chosen.map((each) => (
        <button
          key={each.person}
          type="button"
          class="chip act people-chosen"
          aria-label={say({ zh: `移除 ${each.name}`, en: `Remove ${each.name}` })}
          onClick={() => setChosen(chosen.filter(({ person }) => person !== each.person))}
        >
          {each.name} ✕
        </button>
      ))}
      {left.length > 1 && (
        <button type="button" class="button small" onClick={() => setChosen(people)}>
          <Bi zh="全部" en="Everybody" />
        </button>
      )}
    </div>
  );
}
