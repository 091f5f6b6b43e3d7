import { useRef, useState } from "preact/hooks";
import { pageClock } from "../../design/design.ts";
import { type Refusal, send } from "../kiosk/requests.ts";
import { touchKeys } from "../kiosk/touch-keys.ts";

export const AWAY: Refused = { words: { zh: "大厅没有回应，请再试一次", en: "The hall did not answer; try again" } };

export interface Sender {
  readonly busy: boolean;
  /** Why it was not taken, until it is sent again. */
  readonly refusal: Refused | null;
  readonly post: (path: string, body: unknown) => Promise<boolean>;
}

export type Refused = Pick<Refusal, "words" | "field" | "rules">;

/** Sends once per key: while nobody has answered, the same body goes with the same key. */
export function useSending(origin: string): Sender {
  const [drawKey] = useState(() => touchKeys(origin, pageClock.now));
  const last = useRef({ content: "", key: "" });
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const post = async (path: string, body: unknown): Promise<boolean> => {
    const content = `${path} ${JSON.stringify(body)}`;
    if (last.current.content !== content) last.current = { content, key: drawKey() };
    setBusy(true);
    const reply = await send(path, { body, headers: { "idempotency-key": last.current.key } });
    setBusy(false);
    setRefusal(reply.kind === "ok" ? null : reply.kind === "refused" ? reply : AWAY);
    if (reply.kind !== "away") last.current = { content: "", key: "" };
    return reply.kind === "ok";
  };
  return { busy, refusal, post };
}
