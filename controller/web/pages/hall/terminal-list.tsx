import { Bi, clockTime, ColumnHeads, type Words } from "../../design/design.ts";
import { illsOf } from "./attention.ts";
import { Brief } from "./brief.tsx";
import { faultWords } from "./device-words.ts";
import { spanOf } from "./durations.ts";
import type { TerminalOverview } from "./hall-contract.ts";

interface TerminalListProps {
  readonly terminals: readonly TerminalOverview[];
  readonly nowMs: number;
}

const COLUMNS: readonly Words[] = [
  { zh: "终端", en: "Terminal" },
  { zh: "状态", en: "State" },
  { zh: "版本", en: "Version" },
  { zh: "画面", en: "Face" },
  { zh: "积压", en: "Journal" },
  { zh: "时差", en: "Clock" },
  { zh: "拒收", en: "Refused" },
];

/** Terminals and their health; those that are lost first, then those with something wrong. */
export function TerminalList({ terminals, nowMs }: TerminalListProps) {
  const ordered = terminals.toSorted((a, b) => needOf(b) - needOf(a));
  return (
    <section aria-labelledby="terminals-title">
      <h2 id="terminals-title">
        <Bi zh="终端" en="Terminals" />
      </h2>
      <div class="table-frame">
        <table class="table terminals">
          <ColumnHeads columns={COLUMNS} />
          <tbody>
            {ordered.map((terminal) => (
              <TerminalRow key={terminal.terminal} terminal={terminal} nowMs={nowMs} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const needOf = (terminal: TerminalOverview): number => (terminal.online ? (illsOf(terminal) === null ? 0 : 1) : 2);

function TerminalRow({ terminal, nowMs }: { readonly terminal: TerminalOverview; readonly nowMs: number }) {
  const { terminal: id, counter, online, firmware, faults, health } = terminal;
  const row = online ? (illsOf(terminal) === null ? "" : "ill") : "lost";
  return (
    <tr class={row}>
      <th scope="row">
        <span class={`lamp ${online ? "on" : "fault"}`} aria-hidden="true" /> {id}
        {counter !== null && (
          <span class="at">
            <Brief zh={`${counter.toUpperCase()}号`} en={`#${counter.toUpperCase()}`} />
          </span>
        )}
      </th>
      <td>
        <State terminal={terminal} nowMs={nowMs} />
        {faults.map((fault) => (
          <span key={`${fault.device} ${fault.fault}`} class="device-fault">
            <Brief {...faultWords(fault)} />
          </span>
        ))}
      </td>
      <td>{firmware || "–"}</td>
      <td>{faceOf(terminal)}</td>
      <td>{health?.backlog ?? "–"}</td>
      <td>{offsetOf(terminal)}</td>
      <td>{health?.messagesRefused ?? "–"}</td>
    </tr>
  );
}

function State({
  terminal: { online, sinceMs },
  nowMs,
}: {
  readonly terminal: TerminalOverview;
  readonly nowMs: number;
}) {
  if (sinceMs === null) return <Brief zh="从未上线" en="never seen" />;
  const time = clockTime(sinceMs);
  if (online) return <Brief zh={`在线 ${time}`} en={`up ${time}`} />;
  const span = spanOf(sinceMs, nowMs);
  return <Brief zh={`失联 ${span.zh}`} en={`lost ${span.en}`} />;
}

/** Revision shown; and the one wanted, where it is another. */
function faceOf({ face: { sent, shown } }: TerminalOverview): string {
  if (shown === null) return "–";
  return shown === sent ? String(sent) : `${shown}→${sent}`;
}

/** Seconds the terminal's wall clock is ahead of the hall. */
function offsetOf({ health }: TerminalOverview): string {
  if (health === null || health.clockOffsetMs === null) return "–";
  const ahead = health.clockOffsetMs / 1000;
  return `${ahead > 0 ? "+" : ""}${ahead.toFixed(1)}s`;
}
