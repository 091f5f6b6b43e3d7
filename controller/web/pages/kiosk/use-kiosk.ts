import { useRef, useState } from "preact/hooks";
import { pageClock } from "../../design/design.ts";
import { send } from "./requests.ts";
import { forgetChoices } from "./forget-choices.ts";
import { checkIn, issueTicket, type KioskPorts, reEnter, reportPrint } from "./kiosk-desk.ts";
import { type KioskEffect, type KioskInput, type KioskState, startKiosk, stepKiosk } from "./kiosk-flow.ts";
import { touchKeys } from "./touch-keys.ts";

type Executors = { readonly [K in KioskEffect["type"]]: (effect: Extract<KioskEffect, { type: K }>) => void };
type Delay = Parameters<typeof pageClock.after>[0];

const PRINT_ANSWERS_WITHIN_MS = 15_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => pageClock.after(ms as Delay, resolve));
const name = new URLSearchParams(location.search).get("kiosk") ?? "";
const ports: KioskPorts = { send, pause };

export const drawKey = touchKeys(`kiosk-${name}`, pageClock.now);

/** Ends when the browser has handed the page to the printer; some browsers never say so. */
async function printSlip(): Promise<void> {
  const ended = new Promise<void>((resolve) => window.addEventListener("afterprint", () => resolve(), { once: true }));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  window.print();
  await Promise.race([ended, pause(PRINT_ANSWERS_WITHIN_MS)]);
}

/** The kiosk's machine on the browser's clock, network and printer. */
export function useKiosk(prints: boolean): readonly [KioskState, (input: KioskInput) => void] {
  const [shown, show] = useState(() => {
    forgetChoices(() => localStorage);
    return startKiosk(prints, pageClock.now());
  });
  const state = useRef(shown);

  function take(input: KioskInput): void {
    const [next, effects] = stepKiosk(state.current, input);
    if (next.guest !== state.current.guest) forgetChoices(() => localStorage);
    state.current = next;
    show(next);
    for (const effect of effects) execute(effect);
  }

  const executors: Executors = {
    issue: (effect) =>
      void issueTicket(effect, ports).then((out) => take({ ...out, turn: effect.turn, atMs: pageClock.now() })),
    "re-enter": (effect) =>
      void reEnter(effect, ports).then((out) => take({ ...out, turn: effect.turn, atMs: pageClock.now() })),
    "check-in": (effect) =>
      void checkIn(effect, ports).then((out) => take({ ...out, turn: effect.turn, atMs: pageClock.now() })),
    print: ({ turn }) => void printSlip().then(() => take({ type: "print-ended", turn, atMs: pageClock.now() })),
    report: (effect) => void reportPrint(effect, ports),
    wake: ({ turn, afterMs }) =>
      void pageClock.after(afterMs as Delay, () => take({ type: "time-up", turn, atMs: pageClock.now() })),
  };
  const execute = (effect: KioskEffect): void => (executors[effect.type] as (effect: KioskEffect) => void)(effect);
  return [shown, take];
}
