import type { CounterView } from "../../wire/ipc.ts";

type LampState = CounterView["lamps"]["call"];

const WORDS: Readonly<Record<LampState, string>> = { off: "灭 off", on: "亮 on", blink: "闪 blinking" };

export const Lamp = ({ state }: { readonly state: LampState }) => (
  <span class={`lamp ${state}`} role="img" aria-label={WORDS[state]} title={WORDS[state]} />
);
