/**
 * Idempotency keys, one for each touch: who (a kiosk's name in its address, a window), which load of the page, which
 * touch, and when. Pages draw no chance, so kiosks of one hall are told apart by their names: `/kiosk?kiosk=2`.
 */
export function touchKeys(origin: string, now: () => number): () => string {
  const loadedAtMs = now();
  let touches = 0;
  return () => {
    touches += 1;
    return `${encodeURIComponent(origin).slice(0, 64)}-${loadedAtMs}-${touches}-${now()}`;
  };
}
