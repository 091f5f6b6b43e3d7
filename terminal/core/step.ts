/** What every machine here returns: its next state, and what it orders to be done, in order. */
export type Step<S, E> = readonly [state: S, effects: readonly E[]];
