import { useState } from "preact/hooks";
import { Bi, useWords } from "../../design/design.ts";
import type { FieldMarks } from "../office/form-field.tsx";
import { NameList } from "./name-list.tsx";
import { type Named, personMeant } from "./people-named.ts";

interface TapsInputProps {
  readonly name: string;
  readonly marks: FieldMarks;
  readonly people: readonly Named[];
}

interface NamedTap {
  readonly who: Named;
  readonly at: string;
}

const VOIDS_MAX = 16;

const tapWords = ({ who, at }: NamedTap): string => `${who.name} ${at.replace("T", " ")}`;

/** Taps, each by whom and when to the second, as the record has them; the form sends them as JSON. */
export function TapsInput({ name, marks, people }: TapsInputProps) {
  const [taps, setTaps] = useState<readonly NamedTap[]>([]);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState("");
  const say = useWords();
  const who = personMeant(people, typed);
  const next: readonly NamedTap[] = who === null || at === "" ? [] : [{ who, at }];
  // What was filled in counts, also when nobody pressed the button for it.
  const sent = [...taps, ...next].map((tap) => ({ person: tap.who.person, at: tap.at }));
  return (
    <div class="taps-input">
      <input type="hidden" name={name} value={sent.length === 0 ? "" : JSON.stringify(sent)} />
      <input
        {...marks}
        list={`${marks.id}-names`}
        autocomplete="off"
        placeholder="姓名或工号 name or number"
        value={typed}
        required={at !== ""}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <NameList id={`${marks.id}-names`} people={people} />
      <input
        type="datetime-local"
        step={1}
        aria-label={say({ zh: "打卡时刻", en: "Moment of the tap" })}
        value={at}
        required={typed !== ""}
        onInput={(event) => setAt(event.currentTarget.value)}
      />
      {next.length > 0 && taps.length + 1 < VOIDS_MAX && (
        <button
          type="button"
          class="button small"
          onClick={() => {
            setTaps([...taps, ...next]);
            setTyped("");
            setAt("");
          }}
        >
          <Bi zh="再加一次" en="Another tap" />
        </button>
      )}
      {taps.map((tap) => (
        <button
          key={tapWords(tap)}
          type="button"
          class="chip act people-chosen"
          aria-label={say({ zh: `移除 ${tapWords(tap)}`, en: `Remove ${tapWords(tap)}` })}
          onClick={() => setTaps(taps.filter((each) => each !== tap))}
        >
          {tapWords(tap)} ✕
        </button>
      ))}
    </div>
  );
}
