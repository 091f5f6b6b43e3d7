import type { Board, BoardLine } from "../../../../protocol/index.ts";
import { Bi, clockTime, type Words } from "../../design/design.ts";
import { hoursWords, pageAt, windowWords } from "./board-words.ts";
import { LARGE_LINES } from "./called-lines.tsx";

interface SidePanelProps {
  readonly board: Board | undefined;
  readonly lines: readonly BoardLine[];
  readonly notice: Words | null;
  readonly nowMs: number;
}

/** Services shown at once; a hall with more shows them in turn. */
const WAITING_LARGE = 5;
const WAITING_DENSE = 5;
const PAUSED_SHOWN = 2;

/** How many wait, calls that have left the large lines, and what the hall has to say. Each part keeps its place. */
export function SidePanel({ board, lines, notice, nowMs }: SidePanelProps) {
  const earlier = lines.slice(LARGE_LINES);
  const waiting = board?.waiting ?? [];
  const isDense = waiting.length > WAITING_LARGE || earlier.length > 0 || (board?.paused.length ?? 0) > 0;
  return (
    <aside class="side" aria-label="等候与通知 Waiting and notices">
      <section class={isDense ? "waiting dense" : "waiting"}>
        <h2>
          <Bi zh="等候人数" en="Waiting" />
        </h2>
        <dl>
          {pageAt(waiting, WAITING_DENSE, nowMs).map(({ service, name, waiting: count }) => (
            <div key={service}>
              <dt class="stacked">
                <Bi {...name} />
              </dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
      </section>
      {earlier.length > 0 && (
        <section class="earlier">
          <h2>
            <Bi zh="较早叫号" en="Called earlier" />
          </h2>
          <ul>
            {earlier.map(({ visitId, ticketNumber, counterId }) => (
              <li key={visitId}>
                <b>{ticketNumber}</b> <Bi {...windowWords(counterId)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {board !== undefined && board.paused.length > 0 && <PausedWindows paused={board.paused} nowMs={nowMs} />}
      {board !== undefined && lines.length > 0 && <HallWords board={board} notice={notice} />}
    </aside>
  );
}

/** IDN-19: whose clerk is away, why, and until when as far as it is known. */
function PausedWindows({ paused, nowMs }: { readonly paused: Board["paused"]; readonly nowMs: number }) {
  return (
    <section class="paused-windows">
      <h2>
        <Bi zh="暂停窗口" en="Paused" />
      </h2>
      <ul>
        {pageAt(paused, PAUSED_SHOWN, nowMs).map(({ counterId, reason, untilMs }) => (
          <li key={counterId}>
            <b>
              <Bi {...windowWords(counterId)} />
            </b>{" "}
            <Bi {...reason} />
            {untilMs !== null && (
              <>
                {" "}
                <Bi zh={`预计 ${clockTime(untilMs)}`} en={`until ${clockTime(untilMs)}`} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function HallWords({ board, notice }: { readonly board: Board; readonly notice: Words | null }) {
  return (
    <section class="hall-words">
      <p class="stacked notice">{notice !== null && <Bi {...notice} />}</p>
      <p>
        <Bi zh="服务时间" en="Hours" />{" "}
        <b class="hours">
          <Bi {...hoursWords(board.hours)} />
        </b>
      </p>
      {board.hotline !== null && (
        <p>
          <Bi zh="服务热线" en="Hotline" /> <b>{board.hotline}</b>
        </p>
      )}
    </section>
  );
}

/** Nobody is called: hours, hotline (IDN-21) and the notices in turn, where the calls will be. */
export function IdleScreen({ board, notice }: { readonly board: Board; readonly notice: Words | null }) {
  const hours = hoursWords(board.hours);
  return (
    <section class="idle" aria-label="暂无叫号 Nobody is being called">
      <p class="idle-title stacked">
        <Bi zh="暂无叫号" en="Nobody is being called" />
      </p>
      <dl>
        <div>
          <dt class="stacked">
            <Bi zh="服务时间" en="Opening hours" />
          </dt>
          <dd>
            <Bi {...hours} />
          </dd>
        </div>
        {board.hotline !== null && (
          <div>
            <dt class="stacked">
              <Bi zh="服务热线" en="Hotline" />
            </dt>
            <dd>{board.hotline}</dd>
          </div>
        )}
      </dl>
      <p class="stacked notice">{notice !== null && <Bi {...notice} />}</p>
    </section>
  );
}
