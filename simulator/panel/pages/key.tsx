import { useRef, useState } from "preact/hooks";
import type { CounterView } from "../../wire/ipc.ts";
import { Lamp } from "./lamp.tsx";
import { act } from "./live-hall.ts";

interface KeyProps {
  readonly counterId: string;
  readonly button: "call" | "pause";
  readonly zh: string;
  readonly en: string;
  readonly lamp: CounterView["lamps"]["call"];
}

const isPressKey = (event: KeyboardEvent): boolean => event.key === " " || event.key === "Enter";

/** A key that knows down and up, by pointer or keyboard: held long, it is a long press. */
export function Key({ counterId, button, zh, en, lamp }: KeyProps) {
  const [down, setDown] = useState(false);
  const pressed = useRef(false);
  const move = (edge: "pressed" | "released"): void => {
    if (pressed.current === (edge === "pressed")) return;
    pressed.current = edge === "pressed";
    setDown(pressed.current);
    act(counterId, "finger", { button, edge });
  };
  return (
    <button
      type="button"
      class={down ? "key down" : "key"}
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
      <Lamp state={lamp} />
      <span>
        {zh} <small lang="en">{en}</small>
      </span>
    </button>
  );
}
