import type { Board } from "../../../protocol/index.ts";
import type { LiveBoard } from "./live-board.ts";

type Line = Board["lines"][number];

/** Places on the board. They stand there whether anybody was called or not, so that nothing jumps. */
const PLACES = 12;

const timeOf = (atMs: number): string =>
  new Date(atMs).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

export function BoardView({ live, nowMs }: { readonly live: LiveBoard; readonly nowMs: number }) {
  const { board } = live;
  return (
    <main class="board">
      <header class="hall">
        <span>{board?.hall.zh ?? "叫号"}</span>
        <span class="en">{board?.hall.en ?? "Now calling"}</span>
        <time>{timeOf(nowMs)}</time>
      </header>
      <LinkState live={live} />
      <Lines board={board} />
      <Waiting board={board} />
    </main>
  );
}

function LinkState({ live: { board, linked, heardAtMs } }: { readonly live: LiveBoard }) {
  if (linked) return <p class="link">请听到叫号后到窗口办理 · Please come to the window when your number is called</p>;
  const text =
    board === null
      ? "正在连接 · Connecting"
      : `连接中断，显示 ${timeOf(heardAtMs)} 的情况 · Connection lost; this is the picture of ${timeOf(heardAtMs)}`;
  return (
    <p class="link down" role="status">
      {text}
    </p>
  );
}

function Lines({ board }: { readonly board: Board | null }) {
  if (board !== null && board.lines.length === 0) {
    return (
      <ul class="lines">
        <li class="nobody">暂无叫号 · Nobody is being called</li>
      </ul>
    );
  }
  const lines = board?.lines ?? [];
  return (
    <ul class="lines">
      {Array.from({ length: PLACES }, (_, place) => {
        const line = lines[place];
        if (line === undefined) return <li key={`place-${place}`} class="line empty" />;
        return <CalledLine key={line.visitId} line={line} announcing={board?.announcing === line.visitId} />;
      })}
    </ul>
  );
}

function CalledLine({ line, announcing }: { readonly line: Line; readonly announcing: boolean }) {
  const window = line.counterId.toUpperCase();
  return (
    <li class={announcing ? "line announcing" : "line"} aria-current={announcing ? "true" : undefined}>
      <span class="number">{line.ticketNumber}</span>
      <span class="arrow" aria-hidden="true">
        →
      </span>
      <span class="window">
        {window} 号窗口<span class="en">Window {window}</span>
      </span>
    </li>
  );
}

function Waiting({ board }: { readonly board: Board | null }) {
  return (
    <dl class="waiting" aria-label="等候人数 · Waiting">
      {board?.waiting.map(({ service, name, waiting }) => (
        <div key={service}>
          <dt>
            {name.zh} <span class="en">{name.en}</span>
          </dt>
          <dd>等候 {waiting}</dd>
        </div>
      ))}
    </dl>
  );
}
