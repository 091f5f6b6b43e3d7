import { useEffect, useState } from "preact/hooks";
import type { FilingOutlook } from "../../../projections/attendance/filing-choices.ts";
import { send } from "../kiosk/requests.ts";
import type { Refused } from "../office/use-sending.ts";

export interface Outlook {
  readonly outlook: FilingOutlook | null;
  /** Why it would be refused as it stands. */
  readonly refusal: Refused | null;
}

const NOTHING: Outlook = { outlook: null, refusal: null };
/** The reason is written last, and changes nothing of what would come. */
const UNWRITTEN = "…";

/** What filing `draft` would come to, before it is sent. An answer in time for an older draft is dropped. */
export function useOutlook(draft: Record<string, unknown> | null): Outlook {
  const [seen, setSeen] = useState<Outlook>(NOTHING);
  const asked = draft === null ? "" : JSON.stringify({ ...draft, reason: draft["reason"] ?? UNWRITTEN });
  useEffect(() => {
    let ended = false;
    if (asked === "") setSeen(NOTHING);
    else {
      void send<FilingOutlook>("/api/attendance/filing/preview", { body: JSON.parse(asked) as unknown }).then(
        (reply) => {
          if (ended) return;
          const isFault = reply.kind === "refused" && reply.code !== "malformed-request"; // Half written is no fault.
          setSeen(
            reply.kind === "ok"
              ? { outlook: reply.value, refusal: null }
              : { ...NOTHING, refusal: isFault ? reply : null },
          );
        },
      );
    }
    return () => {
      ended = true;
    };
  }, [asked]);
  return seen;
}
