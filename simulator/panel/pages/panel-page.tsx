import { useEffect, useState } from "preact/hooks";
import { Bi, mount, PageShell } from "../../../controller/web/design/design.ts";
import type { PanelHall } from "../panel-contract.ts";
import { CounterPanel } from "./counter-panel.tsx";
import { useHall } from "./live-hall.ts";
import { Overview } from "./overview.tsx";

const TITLE = { zh: "柜台面板", en: "Counter panel" };
const IDLE = { zh: "模拟的设备，真实的终端程序", en: "Virtual devices, real terminal programs" };

const hashNow = (): string => location.hash.replace(/^#counter-/u, "");

/** The counter named in the address, or the first. */
function useChosen(hall: PanelHall | null) {
  const [hash, setHash] = useState(hashNow);
  useEffect(() => {
    const look = (): void => setHash(hashNow());
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  return hall?.counters.find(({ counterId }) => counterId === hash) ?? hall?.counters[0] ?? null;
}

function Page() {
  const live = useHall();
  const hall = live.pictures.hall ?? null;
  const chosen = useChosen(hall);
  return (
    <PageShell
      title={TITLE}
      hall={hall?.hall}
      live={live}
      idle={IDLE}
      tools={hall === null ? null : <Ways hall={hall} />}
    >
      {hall !== null && chosen !== null && (
        <>
          <Overview counters={hall.counters} chosen={chosen.counterId} />
          <CounterPanel key={chosen.counterId} counter={chosen} />
        </>
      )}
    </PageShell>
  );
}

const Ways = ({ hall: { boardUrl } }: { readonly hall: PanelHall }) => (
  <nav class="ways">
    <a href={boardUrl}>
      <Bi zh="叫号屏" en="Board" />
    </a>
    <a href={new URL("/hall", boardUrl).href}>
      <Bi zh="大厅总览" en="Hall" />
    </a>
  </nav>
);

mount(<Page />);
