import { useRef, useState } from "preact/hooks";
import { pageClock, type Words } from "../../design/design.ts";
import { send } from "../kiosk/requests.ts";
import { touchKeys } from "../kiosk/touch-keys.ts";

const AWAY: Words = { zh: "大厅没有回应，请再试一次", en: "The hall did not answer; try again" };

/** Sends once per key: while nobody has answered, the same body goes with the same key. */
export function useSending(origin: string): {
  readonly busy: boolean;
  readonly refusal: Words | null;
  readonly post: (path: string, body: unknown) => Promise<boolean>;
} {
  const [drawKey] = useState(() => touchKeys(origin, pageClock.now));
  const last = useRef({ content: "", key: "" });
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Words | null>(null);
  const post = async (path: string, body: unknown): Promise<boolean> => {
    const content = `${path} ${JSON.stringify(body)}`;
    if (last.current.content !== content) last.current = { content, key: drawKey() };
    setBusy(true);
    const reply = await send(path, { body, headers: { "idempotency-key": last.current.key } });
    setBusy(false);
    setRefusal(reply.kind === "ok" ? null : reply.kind === "refused" ? reply.words : AWAY);
    if (reply.kind !== "away") last.current = { content: "", key: "" };
    return reply.kind === "ok";
  };
  return { busy, refusal, post };
}
