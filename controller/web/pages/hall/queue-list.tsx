import { Bi, type Column, ColumnHeads } from "../../design/design.ts";
import { WAIT_LONG_MS } from "./attention.ts";
import { Brief } from "./brief.tsx";
import { spanOf } from "./durations.ts";
import type { QueueOverview } from "./hall-contract.ts";

const COLUMNS: readonly Column[] = [
  { zh: "业务", en: "Service" },
  { zh: "等候", en: "Waiting", amount: true },
  { zh: "最久", en: "Longest", amount: true },
  { zh: "窗口", en: "Open", amount: true },
];

interface QueueListProps {
  readonly queues: readonly QueueOverview[];
  readonly nowMs: number;
}

export function QueueList({ queues, nowMs }: QueueListProps) {
  return (
    <section aria-labelledby="queues-title">
      <h2 id="queues-title">
        <Bi zh="队列" en="Queues" />
      </h2>
      <div class="table-frame">
        <table class="table">
          <ColumnHeads columns={COLUMNS} />
          <tbody>
            {queues.map((queue) => (
              <QueueRow key={queue.queue} queue={queue} nowMs={nowMs} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function QueueRow({ queue, nowMs }: { readonly queue: QueueOverview; readonly nowMs: number }) {
  const { letter, names, waiting, longestSinceMs, open } = queue;
  const long = longestSinceMs !== null && nowMs - longestSinceMs >= WAIT_LONG_MS;
  return (
    <tr>
      <th scope="row" class="stacked">
        <span class="letter">{letter}</span>{" "}
        <Bi zh={names.map(({ zh }) => zh).join("、")} en={names.map(({ en }) => en).join(", ")} />
      </th>
      <td class="amount waiting">{waiting}</td>
      <td class="amount">
        {longestSinceMs === null ? (
          "–"
        ) : (
          <span class={long ? "chip pause" : ""}>
            <Brief {...spanOf(longestSinceMs, nowMs)} />
          </span>
        )}
      </td>
      <td class={open === 0 && waiting > 0 ? "amount unserved" : "amount"}>{open}</td>
    </tr>
  );
}
