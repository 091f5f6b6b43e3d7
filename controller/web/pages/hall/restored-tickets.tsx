import { useState } from "preact/hooks";
import { Bi, calendarDay, clockTime, useWords } from "../../design/design.ts";
import type { RestoredPicture } from "./hall-contract.ts";

type How = "confirm" | "close";
type Settle = (tickets: "all" | readonly string[], how: How) => void;

/** After a restore: tickets that nobody is called for before somebody has looked who is there. */
export function RestoredTickets({ restored }: { readonly restored: RestoredPicture | null }) {
  const [failed, setFailed] = useState(false);
  if (restored === null) return null;
  const settle: Settle = (tickets, how) => void tell(tickets, how).then((done) => setFailed(!done));
  const { month, day } = calendarDay(restored.madeAtMs);
  const time = clockTime(restored.madeAtMs);
  return (
    <section class="restored" aria-labelledby="restored-title">
      <h2 id="restored-title">
        <Bi zh="数据已从备份恢复，请确认号票" en="Restored from a backup: confirm who is still here" />
        <span class="chip alarm">{restored.total}</span>
      </h2>
      <p class="note stacked">
        <Bi
          zh={`备份时间 ${month}月${day}日 ${time}。确认前不呼叫这些号票；此后发出的号票不在系统内，请引导重新取号。`}
          en={`Backup of ${month}/${day}, ${time}. Nobody is called before that; who came later takes a new ticket.`}
        />
      </p>
      <p class="switch">
        <button type="button" onClick={() => settle("all", "confirm")}>
          <Bi zh="全部确认" en="Confirm all" />
        </button>
        <button type="button" onClick={() => settle("all", "close")}>
          <Bi zh="全部关闭" en="Close all" />
        </button>
      </p>
      <ul>
        {restored.tickets.map((ticket) => (
          <RestoredTicket key={ticket.ticket} ticket={ticket} settle={settle} />
        ))}
      </ul>
      {failed && (
        <p class="note alarm" role="alert">
          <Bi zh="未能记录，请再试一次" en="Not recorded, please try again" />
        </p>
      )}
    </section>
  );
}

interface RestoredTicketProps {
  readonly ticket: RestoredPicture["tickets"][number];
  readonly settle: Settle;
}

function RestoredTicket({ ticket: { ticket, number, service, enteredAtMs }, settle }: RestoredTicketProps) {
  const say = useWords();
  return (
    <li class="card pause">
      <strong>{number}</strong> <Bi {...service} /> <span class="since">{clockTime(enteredAtMs)}</span>
      <button
        type="button"
        class="button"
        aria-label={say({ zh: `${number} 仍在等候`, en: `${number} is here` })}
        onClick={() => settle([ticket], "confirm")}
      >
        <Bi zh="仍在等候" en="Is here" />
      </button>
      <button
        type="button"
        class="button"
        aria-label={say({ zh: `${number} 已离开`, en: `${number} has left` })}
        onClick={() => settle([ticket], "close")}
      >
        <Bi zh="已离开" en="Has left" />
      </button>
    </li>
  );
}

async function tell(tickets: "all" | readonly string[], how: How): Promise<boolean> {
  try {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ tickets, how });
    return (await fetch("/api/restored/tickets", { method: "POST", headers, body })).ok;
  } catch {
    return false;
  }
}
