import type { HallEvent } from "../../controller/index.ts";
import type { CounterId } from "../../protocol/index.ts";

/** One window's day, milliseconds. */
export interface WindowWork {
  readonly counterId: CounterId;
  /** Somebody was on duty there; a break or an outing is duty too. */
  readonly dutyMs: number;
  /** A citizen was being served. */
  readonly servedMs: number;
}

interface Open {
  dutySinceMs: number | null;
  servedSinceMs: number | null;
  dutyMs: number;
  servedMs: number;
}

/** From the log's own intervals: from sign-on to sign-off, and from start to whatever ended the leg's part. */
export function windowWork(events: readonly HallEvent[], counters: readonly CounterId[]): WindowWork[] {
  const windows = new Map(counters.map((id): [CounterId, Open] => [id, newOpen()]));
  for (const event of events) {
    if (!("counterId" in event.data) || event.data.counterId === null) continue;
    const window = windows.get(event.data.counterId);
    if (window !== undefined) follow(window, event);
  }
  const lastMs = events.at(-1)?.recordedAtMs ?? 0;
  return [...windows].map(([counterId, window]) => {
    endService(window, lastMs);
    endDuty(window, lastMs);
    return { counterId, dutyMs: window.dutyMs, servedMs: window.servedMs };
  });
}

const newOpen = (): Open => ({ dutySinceMs: null, servedSinceMs: null, dutyMs: 0, servedMs: 0 });

function follow(window: Open, event: HallEvent): void {
  const atMs = event.occurredAtMs;
  switch (event.type) {
    case "staff.signed-on":
      window.dutySinceMs ??= atMs;
      return;
    case "staff.signed-off":
    case "duty.ended":
      return endDuty(window, atMs);
    case "visit.started":
    case "visit.presumed":
      window.servedSinceMs ??= atMs;
      return;
    case "visit.ended":
    case "ticket.held":
    case "ticket.transferred":
    case "ticket.returned":
    case "ticket.closed":
      return endService(window, atMs);
    default:
  }
}

function endDuty(window: Open, atMs: number): void {
  if (window.dutySinceMs !== null) window.dutyMs += Math.max(0, atMs - window.dutySinceMs);
  window.dutySinceMs = null;
}

function endService(window: Open, atMs: number): void {
  if (window.servedSinceMs !== null) window.servedMs += Math.max(0, atMs - window.servedSinceMs);
  window.servedSinceMs = null;
}
