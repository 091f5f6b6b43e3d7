import { useState } from "preact/hooks";
import { useWords, type Words } from "../../design/design.ts";
import type { FieldMarks } from "../office/form-field.tsx";

export type ShiftTimes = readonly [from: string, to: string];

interface ShiftsInputProps {
  readonly name: string;
  readonly marks: FieldMarks;
  /** The regulation's own hours: what stands there at first. */
  readonly hours: readonly ShiftTimes[];
}

const COUNTS: readonly Words[] = [
  { zh: "休息", en: "Rest day" },
  { zh: "一班", en: "One shift" },
  { zh: "两班", en: "Two shifts" },
];
const EMPTY: ShiftTimes = ["", ""];

/** None, one or two shifts of a day; the form sends them as JSON. */
export function ShiftsInput({ name, marks, hours }: ShiftsInputProps) {
  const [shifts, setShifts] = useState<readonly ShiftTimes[]>(() => hours.slice(0, COUNTS.length - 1));
  const say = useWords();
  const set = (at: number, time: ShiftTimes): void =>
    setShifts(shifts.map((shift, index) => (index === at ? time : shift)));
  return (
    <div class="shifts-input">
      <input type="hidden" name={name} value={JSON.stringify(shifts)} />
      <select
        {...marks}
        value={shifts.length}
        onChange={({ currentTarget: { value } }) =>
          setShifts(Array.from({ length: Number(value) }, (_, at) => shifts[at] ?? hours[at] ?? EMPTY))
        }
      >
        {COUNTS.map((words, count) => (
          <option key={words.en} value={count}>
            {say(words)}
          </option>
        ))}
      </select>
      {shifts.map(([from, to], at) => (
        <span key={shiftWords(at, "", "").en} class="shift-times">
          <TimeInput words={shiftWords(at, "自", "from")} value={from} onTime={(time) => set(at, [time, to])} />
          –
          <TimeInput words={shiftWords(at, "至", "to")} value={to} onTime={(time) => set(at, [from, time])} />
        </span>
      ))}
    </div>
  );
}

const shiftWords = (at: number, zh: string, en: string): Words => ({
  zh: `第${at + 1}班${zh}`,
  en: `shift ${at + 1} ${en}`,
});

interface TimeInputProps {
  readonly words: Words;
  readonly value: string;
  readonly onTime: (time: string) => void;
}

function TimeInput({ words, value, onTime }: TimeInputProps) {
  const say = useWords();
  return (
    <input
      type="time"
      aria-label={say(words)}
      required
      value={value}
      onInput={(event) => onTime(event.currentTarget.value)}
    />
  );
}
