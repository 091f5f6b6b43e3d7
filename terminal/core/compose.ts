import type { Effect } from "./effects.ts";
import type { TerminalState, TerminalStep } from "./terminal-state.ts";

type Machine = (state: TerminalState) => TerminalStep;

/** Runs the machines one after the other on the same terminal; their effects follow one another. */
export function inTurn(start: TerminalState, ...machines: readonly Machine[]): TerminalStep {
  let state = start;
  const effects: Effect[] = [];
  for (const machine of machines) {
    const [next, ordered] = machine(state);
    state = next;
    if (ordered.length > 0) effects.push(...ordered); // Mostly there are none.
  }
  return [state, effects];
}

/** One machine's own orders, each carried into the terminal. */
export function forEach<T>(
  start: TerminalState,
  orders: readonly T[],
  carry: (state: TerminalState, order: T) => TerminalStep,
): TerminalStep {
  let state = start;
  const effects: Effect[] = [];
  for (const order of orders) {
    const [next, ordered] = carry(state, order);
    state = next;
    if (ordered.length > 0) effects.push(...ordered);
  }
  return [state, effects];
}

/** Orders and nothing else. */
export const doing =
  (...effects: readonly Effect[]): Machine =>
  (state) => [state, effects];
