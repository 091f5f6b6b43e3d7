import { Bi, useWords, type Words } from "../../../controller/web/design/design.ts";
import type { PanelCounter } from "../panel-contract.ts";
import { act } from "./acts.ts";
import { BadgeReader } from "./badge-reader.tsx";
import { Key } from "./key.tsx";
import { LedSign } from "./led-sign.tsx";
import { BEEPS, LINKS, POWER, windowName } from "./panel-words.ts";
import { RatingKeys } from "./rating-keys.tsx";

interface CounterPanelProps {
  readonly counter: PanelCounter;
}

const CALL: Words = { zh: "呼叫", en: "Call" };
const PAUSE: Words = { zh: "暂停", en: "Pause" };

/** One counter as it stands in the hall: what citizens see on the one side, what the clerk has at hand on the other. */
export function CounterPanel({ counter }: CounterPanelProps) {
  const say = useWords();
  const { counterId, view, powered } = counter;
  return (
    <section
      id={`counter-${counterId}`}
      class={powered ? "counter" : "counter unpowered"}
      aria-labelledby="counter-name"
    >
      <div class="front">
        <h2 id="counter-name">
          <span>
            <Bi {...windowName(counterId)} />
          </span>
          <span class="side">
            <Bi zh="群众一侧" en="Citizen's side" />
          </span>
        </h2>
        <LedSign lines={view.plate} label={say({ zh: "铭牌", en: "Nameplate" })} />
        <RatingKeys counterId={counterId} face={view.keypad} />
      </div>
      <div class="desk">
        <h2>
          <span class="side">
            <Bi zh="柜台内侧" en="Clerk's side" />
          </span>
        </h2>
        <KeyBox counter={counter} />
        <BadgeReader counter={counter} />
        <Power counterId={counterId} powered={powered} />
      </div>
    </section>
  );
}

function KeyBox({ counter: { counterId, view, powered } }: CounterPanelProps) {
  const say = useWords();
  return (
    <div class="key-box" role="group" aria-label={say({ zh: "按键盒", en: "Button box" })}>
      <div class="keys">
        <Key counterId={counterId} button="call" name={CALL} lamp={view.lamps.call} dead={!powered} />
        <Key counterId={counterId} button="pause" name={PAUSE} lamp={view.lamps.pause} dead={!powered} />
      </div>
      <div class="signals">
        <p class={`link ${view.link}`}>
          <span class="diode" aria-hidden="true" />
          <Bi {...LINKS[view.link]} />
        </p>
        <p class="beep" role="status">
          {view.beep !== null && (
            <span key={view.beep.count} class={`heard ${view.beep.pattern}`}>
              ♪ <Bi {...BEEPS[view.beep.pattern]} />
            </span>
          )}
        </p>
      </div>
    </div>
  );
}

function Power({ counterId, powered }: { readonly counterId: string; readonly powered: boolean }) {
  return (
    <div class="power">
      <button
        type="button"
        role="switch"
        aria-checked={powered}
        aria-describedby="power-does"
        onClick={() => act(counterId, "power", { on: !powered })}
      >
        <span class="rocker" aria-hidden="true" />
        <Bi {...(powered ? POWER.on : POWER.off)} />
      </button>
      <p id="power-does" class="stacked">
        <Bi {...(powered ? POWER.cut : POWER.restore)} />
      </p>
    </div>
  );
}
