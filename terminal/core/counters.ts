import type { Health } from "../../protocol/index.ts";

export type Counters = Health["counters"];

export const NO_COUNTS: Counters = {
  keyPresses: 0,
  keysRefused: 0,
  keysStuck: 0,
  keysChattering: 0,
  badges: 0,
  badgeFramesBad: 0,
  ratings: 0,
  reconnects: 0,
  resends: 0,
  messagesRefused: 0,
};

export function counted<S extends { readonly counters: Counters }>(state: S, name: keyof Counters, by = 1): S {
  const counters = { ...state.counters };
  counters[name] += by;
  return { ...state, counters };
}
