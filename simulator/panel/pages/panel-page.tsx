import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { PanelHall } from "../panel-contract.ts";
import { CounterPanel } from "./counter-panel.tsx";
import { followHall } from "./live-hall.ts";
import { Overview } from "./overview.tsx";

function Page() {
  const [hall, setHall] = useState<PanelHall | null>(null);
  useEffect(() => followHall(setHall), []);
  if (hall === null) {
    return (
      <p class="absent" role="status">
        正在连接模拟器… <span lang="en">Connecting to the simulator…</span>
      </p>
    );
  }
  return (
    <>
      <header>
        <h1>
          {hall.hall.zh} · 柜台面板 <small lang="en">{hall.hall.en} · Counter panel</small>
        </h1>
        <p>
          模拟设备：按键、刷卡、评价。 <span lang="en">Virtual devices: press, tap, rate.</span>{" "}
          <a href={hall.boardUrl}>
            叫号屏 <span lang="en">Board</span>
          </a>
        </p>
      </header>
      <Overview counters={hall.counters} />
      <main>
        {hall.counters.map((counter) => (
          <CounterPanel key={counter.counterId} counter={counter} />
        ))}
      </main>
    </>
  );
}

const place = document.getElementById("panel");
if (place !== null) render(<Page />, place);
