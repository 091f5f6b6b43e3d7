/** Where a browser keeps text: `localStorage`, as far as it is needed here. */
export interface TextStore {
  clear(): void;
}

/**
 * What a citizen chose, such as a language, is not the next one's, and a kiosk keeps nothing of anybody. Asking a
 * browser for its store may already be refused.
 */
export function forgetChoices(store: () => TextStore): void {
  try {
    store().clear();
  } catch {
    // Nothing can be kept there, so nothing was.
  }
}
