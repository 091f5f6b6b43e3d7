import { Bi, pageClock, useWords, type Words } from "../../design/design.ts";
import type { KioskInput } from "./kiosk-flow.ts";
import { CHECK_LENGTH, type EntryField, isWhole, type NumberEntry } from "./number-entry.ts";
import { drawKey } from "./use-kiosk.ts";

const DIGITS = Array.from("123456789");

interface PadWords {
  readonly title: Words;
  readonly hint: Words;
  readonly send: Words;
  /** Where what is typed stands written. */
  readonly paper: Words;
}

const OF_TICKET: PadWords = {
  title: { zh: "过号恢复排队", en: "Missed your call?" },
  hint: { zh: "请输入号票上的号码和校验码", en: "Enter the number and the code on your ticket" },
  send: { zh: "恢复排队", en: "Back in line" },
  paper: { zh: "号票上的", en: "on the ticket" },
};

const OF_BOOKING: PadWords = {
  title: { zh: "预约取号", en: "You have an appointment?" },
  hint: { zh: "请输入预约号和校验码", en: "Enter the number and the code of your booking" },
  send: { zh: "取号", en: "Take the ticket" },
  paper: { zh: "预约的", en: "of the booking" },
};

const wordsOf = ({ booking }: NumberEntry): PadWords => (booking === true ? OF_BOOKING : OF_TICKET);

interface NumberPadProps {
  readonly entry: NumberEntry;
  readonly take: (input: KioskInput) => void;
}

/** For whoever missed their call or has booked: number and check, at whatever kiosk. */
export function NumberPad({ entry, take }: NumberPadProps) {
  const words = wordsOf(entry);
  const submit = (event: Event): void => {
    event.preventDefault();
    take({ type: "number-sent", key: drawKey(), atMs: pageClock.now() });
  };
  return (
    <form class="pad" onSubmit={submit}>
      <div class="pad-asked">
        <h2 class="stacked">
          <Bi {...words.title} />
        </h2>
        <div class="pad-fields">
          <Field entry={entry} field="number" label={{ zh: "号码", en: "Number" }} take={take} />
          <Field entry={entry} field="check" label={{ zh: "校验码", en: "Code" }} take={take} />
        </div>
        <div class="pad-answer" role="status">
          <p class={entry.refusal === null ? "note stacked" : "note alarm stacked"}>
            <Bi {...(entry.refusal ?? words.hint)} />
          </p>
        </div>
      </div>
      <Keys entry={entry} take={take} />
      <div class="buttons more">
        <button type="button" class="button big" onClick={() => take({ type: "done-touched", atMs: pageClock.now() })}>
          <Bi zh="返回" en="Back" />
        </button>
        <button type="submit" class="button big primary" disabled={!isWhole(entry)}>
          <Bi {...words.send} />
        </button>
      </div>
    </form>
  );
}

interface FieldProps extends NumberPadProps {
  readonly field: EntryField;
  readonly label: Words;
}

function Field({ entry, field, label, take }: FieldProps) {
  const say = useWords();
  const { paper } = wordsOf(entry);
  const touch = (): void => {
    if (entry.field !== field) take({ type: "field-touched", field, atMs: pageClock.now() });
  };
  return (
    <label class={entry.field === field ? "pad-field next" : "pad-field"}>
      <span>
        <Bi {...label} />
      </span>
      <input
        class="pad-number"
        aria-label={say({ zh: `${paper.zh}${label.zh}`, en: `${label.en} ${paper.en}` })}
        inputMode="none"
        autoComplete="off"
        placeholder={field === "check" ? "·".repeat(CHECK_LENGTH) : ""}
        value={entry[field]}
        onFocus={touch}
        onInput={({ currentTarget }) =>
          take({ type: "typed", field, text: currentTarget.value, atMs: pageClock.now() })
        }
      />
    </label>
  );
}

/** The letters of this hall's queues, and digits as on a telephone. */
function Keys({ entry, take }: NumberPadProps) {
  const say = useWords();
  const key = (character: string) => (
    <button
      key={character}
      type="button"
      class="button"
      onClick={() => take({ type: "key-touched", key: character, atMs: pageClock.now() })}
    >
      {character}
    </button>
  );
  return (
    <div class="pad-keys">
      {entry.forms.length > 1 && <div class="keys letters">{entry.forms.map(({ letter }) => key(letter))}</div>}
      <div class="keys digits">
        {DIGITS.map(key)}
        <span />
        {key("0")}
        <button
          type="button"
          class="button"
          aria-label={say({ zh: "删除", en: "Delete" })}
          onClick={() => take({ type: "delete-touched", atMs: pageClock.now() })}
        >
          ⌫
        </button>
      </div>
    </div>
  );
}
