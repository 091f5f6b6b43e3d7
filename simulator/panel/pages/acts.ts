const underWay = new Map<string, Promise<void>>();

/** One act after the other at each counter: a key must not come up before it went down. */
export function act(counterId: string, name: "finger" | "tap" | "rate" | "power", body: object): void {
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
