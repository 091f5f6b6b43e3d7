import { Bi, clockTime } from "../../design/design.ts";
import type { HallAlarm } from "./hall-contract.ts";

/** What concerns the whole hall, over everything else. */
export function HallAlarms({ alarms }: { readonly alarms: readonly HallAlarm[] }) {
  if (alarms.length === 0) return null;
  return (
    <div class="hall-alarms" role="alert">
      {alarms.map(({ code, text, sinceMs }) => (
        <p key={code} class="card alarm stacked">
          <strong>
            <Bi {...text} />
          </strong>
          {sinceMs !== null && <span class="since">{clockTime(sinceMs)}</span>}
        </p>
      ))}
    </div>
  );
}
