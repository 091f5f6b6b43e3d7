import { useRef, useState } from "preact/hooks";
import type { Booked } from "../../../adapters/http/appointment-desk.ts";
import { pageClock } from "../../design/design.ts";
import { send } from "../kiosk/requests.ts";
import { touchKeys } from "../kiosk/touch-keys.ts";
import { AWAY, type Refused } from "../office/use-sending.ts";

export interface Booking {
  readonly busy: boolean;
  readonly refusal: Refused | null;
  readonly booked: Booked | null;
  readonly book: (path: string, body: unknown) => Promise<boolean>;
  /** For the next one. */
  readonly clear: () => void;
}

/** Books once per wish: while nobody has answered, the same wish goes with the same key. */
export function useBooking(origin: string): Booking {
  const [drawKey] = useState(() => touchKeys(origin, pageClock.now));
  const last = useRef({ content: "", key: "" });
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const [booked, setBooked] = useState<Booked | null>(null);
  const book = async (path: string, body: unknown): Promise<boolean> => {
    const content = `${path} ${JSON.stringify(body)}`;
    if (last.current.content !== content) last.current = { content, key: drawKey() };
    setBusy(true);
    const reply = await send<Booked>(path, { body, headers: { "idempotency-key": last.current.key } });
    setBusy(false);
    setRefusal(reply.kind === "ok" ? null : reply.kind === "refused" ? reply : AWAY);
    setBooked(reply.kind === "ok" ? reply.value : null);
    if (reply.kind !== "away") last.current = { content: "", key: "" };
    return reply.kind === "ok";
  };
  const clear = (): void => {
    setBooked(null);
    setRefusal(null);
  };
  return { busy, refusal, booked, book, clear };
}
