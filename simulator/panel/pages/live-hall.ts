import type { PanelChange, PanelHall } from "../panel-contract.ts";

/** Follows the hall: whole on every connect, then counter by counter. `null` while the simulator is not heard. */
export function followHall(onHall: (hall: PanelHall | null) => void): () => void {
  let hall: PanelHall | null = null;
  const source = new EventSource("/panel/events");
  const show = (next: PanelHall | null): void => {
    hall = next;
    onHall(next);
  };
  source.addEventListener("hall", (event: MessageEvent<string>) => show(JSON.parse(event.data) as PanelHall));
  source.addEventListener("view", (event: MessageEvent<string>) => {
    const { counterId, view } = JSON.parse(event.data) as PanelChange;
    if (hall === null) return;
    const counters = hall.counters.map((counter) => (counter.counterId === counterId ? { ...counter, view } : counter));
    show({ ...hall, counters });
  });
  source.addEventListener("error", () => show(null)); // The browser connects again by itself.
  return () => source.close();
}

const underWay = new Map<string, Promise<void>>();

/** One act after the other at each counter: a key must not come up before it went down. */
export function act(counterId: string, name: "finger" | "tap" | "rate", body: object): void {
  const earlier = underWay.get(counterId) ?? Promise.resolve();
  const sent = earlier.then(async () => {
    await fetch(`/panel/counters/${counterId}/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  });
  underWay.set(
    counterId,
    sent.catch(() => {}),
  );
}
