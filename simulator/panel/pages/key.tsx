import { useEffect, useRef, useState } from "preact/hooks";
import { Bi, useWords, type Words } from "../../../controller/web/design/design.ts";
import type { CounterView } from "../../wire/ipc.ts";
import { act } from "./acts.ts";
import { type ButtonName, inQuarters, LONG_FROM, ringOf } from "./hold.ts";
import { LAMPS } from "./panel-words.ts";

interface KeyProps {
  readonly counterId: string;
  readonly button: ButtonName;
  readonly name: Words;
  readonly lamp: CounterView["lamps"][ButtonName];
  readonly dead: boolean;
}

const RADIUS = 47;
const ROUND = 2 * Math.PI * RADIUS;

const isPressKey = (event: KeyboardEvent): boolean => event.key === " " || event.key === "Enter";

/** A key that knows down and up, by pointer or keyboard. While it is held, a ring fills up to the long press. */
export function Key({ counterId, button, name, lamp, dead }: KeyProps) {
  const say = useWords();
  const { down, move } = useFinger(counterId, button);
  const share = useRing(button, down);
  const hint = `hint-${button}`;
  return (
    <div class={`key ${button} ${down ? "down" : ""} ${share >= 1 ? "long" : ""}`}>
      <span class={`glow ${lamp}`} role="img" aria-label={`${say(name)} ${say(LAMPS[lamp])}`} />
      <button
        type="button"
        aria-describedby={hint}
        aria-disabled={dead}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          move("pressed");
        }}
        onPointerUp={() => move("released")}
        onPointerCancel={() => move("released")}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (!isPressKey(event)) return;
          event.preventDefault();
          if (!event.repeat) move("pressed");
        }}
        onKeyUp={(event) => isPressKey(event) && move("released")}
        onBlur={() => move("released")}
      >
        <Ring share={share} />
        <span class="cap stacked">
          <Bi {...name} />
        </span>
      </button>
      <p class="hint" id={hint}>
        <LongHint button={button} />
      </p>
    </div>
  );
}

function LongHint({ button }: { readonly button: ButtonName }) {
  const time = LONG_FROM[button] / 1000;
  return button === "call" ? (
    <Bi zh={`长按 ${time} 秒`} en={`hold ${time} s: long press`} />
  ) : (
    <Bi zh={`按住 ${time} 秒求助`} en={`hold ${time} s: assistance`} />
  );
}

const Ring = ({ share }: { readonly share: number }) => (
  <svg class="ring" viewBox="0 0 100 100" aria-hidden="true">
    <circle class="track" cx="50" cy="50" r={RADIUS} />
    <circle class="fill" cx="50" cy="50" r={RADIUS} stroke-dasharray={ROUND} stroke-dashoffset={ROUND * (1 - share)} />
  </svg>
);

function useFinger(counterId: string, button: ButtonName) {
  const [down, setDown] = useState(false);
  const pressed = useRef(false);
  const move = (edge: "pressed" | "released"): void => {
    if (pressed.current === (edge === "pressed")) return;
    pressed.current = edge === "pressed";
    setDown(pressed.current);
    act(counterId, "finger", { button, edge });
  };
  return { down, move };
}

/** How full the ring is. Time runs from the first frame that shows the key down. */
function useRing(button: ButtonName, down: boolean): number {
  const [heldMs, setHeldMs] = useState(0);
  useEffect(() => {
    if (!down) return setHeldMs(0);
    let frame = requestAnimationFrame((since) => {
      const turn = (now: number): void => {
        setHeldMs(now - since);
        if (now - since < LONG_FROM[button]) frame = requestAnimationFrame(turn);
      };
      frame = requestAnimationFrame(turn);
    });
    return () => cancelAnimationFrame(frame);
  }, [button, down]);
  const share = ringOf(button, heldMs);
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? inQuarters(share) : share;
}
