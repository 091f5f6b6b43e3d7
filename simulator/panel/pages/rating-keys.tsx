import { Bi, useWords } from "../../../controller/web/design/design.ts";
import type { CounterView } from "../../wire/ipc.ts";
import { act } from "./acts.ts";
import { KEYPAD } from "./panel-words.ts";

/** Level, its words, and its face: how far the corners of the mouth are below (or above) its middle. */
const LEVELS = [
  [5, "非常满意", "Very satisfied", -9],
  [4, "满意", "Satisfied", -5],
  [3, "基本满意", "Fairly satisfied", 0],
  [2, "不满意", "Dissatisfied", 5],
  [1, "非常不满意", "Very dissatisfied", 9],
] as const;

interface RatingKeysProps {
  readonly counterId: string;
  readonly face: CounterView["keypad"];
}

/** The citizen's keypad. The keys report in the dark too, as real ones do: the terminal decides what counts. */
export function RatingKeys({ counterId, face }: RatingKeysProps) {
  const say = useWords();
  return (
    <div class={`rating ${face}`} role="group" aria-label={say({ zh: "评价器", en: "Rating keypad" })}>
      <p class="asks" aria-live="polite">
        <Bi {...KEYPAD[face]} />
      </p>
      <div class="faces">
        {LEVELS.map(([level, zh, en, mouth]) => (
          <button
            key={level}
            type="button"
            class={`face level-${level}`}
            onClick={() => act(counterId, "rate", { level })}
          >
            <Face mouth={mouth} />
            <span class="stacked">
              <Bi zh={zh} en={en} />
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}

const Face = ({ mouth }: { readonly mouth: number }) => (
  <svg viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="21" />
    <circle class="eye" cx="16.5" cy="19" r="2.6" />
    <circle class="eye" cx="31.5" cy="19" r="2.6" />
    <path d={`M14 ${31 + mouth / 2} Q24 ${31 - mouth} 34 ${31 + mouth / 2}`} />
  </svg>
);
