import type { PanelCounter } from "../panel-contract.ts";
import { Lamp } from "./lamp.tsx";

/** The status line of a plate: after the window's own line and the person's. */
function statusOf({ view }: PanelCounter): { readonly zh: string; readonly en: string } {
  const lines = view.plate.slice(1).filter((line) => !line.zh.includes("工号"));
  return lines[0] ?? { zh: "未启动", en: "Not running" };
}

export function Overview({ counters }: { readonly counters: readonly PanelCounter[] }) {
  return (
    <nav aria-label="窗口一览 All counters">
      <ul class="overview">
        {counters.map((counter) => {
          const { counterId, view } = counter;
          const status = statusOf(counter);
          return (
            <li key={counterId}>
              <a href={`#counter-${counterId}`}>
                <strong>{counterId}</strong>
                <span class="status">
                  {status.zh} <small lang="en">{status.en}</small>
                </span>
                <Lamp state={view.lamps.call} />
                <Lamp state={view.lamps.pause} />
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
