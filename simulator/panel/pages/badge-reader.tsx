import { useState } from "preact/hooks";
import { Bi, useWords } from "../../../controller/web/design/design.ts";
import type { PanelBadge, PanelCounter } from "../panel-contract.ts";
import { act } from "./acts.ts";

const BADGE = "text/x-hallward-badge";

interface BadgeReaderProps {
  readonly counter: PanelCounter;
}

/** Badges, and the reader they are dragged onto. A click, a touch or a key on a badge taps it as well. */
export function BadgeReader({ counter: { counterId, badges, virtualReader } }: BadgeReaderProps) {
  const say = useWords();
  const [taps, setTaps] = useState(0);
  const [over, setOver] = useState(false);
  const tap = (key: string): void => {
    setTaps((count) => count + 1);
    act(counterId, "tap", { badge: key });
  };
  if (!virtualReader) {
    return (
      <p class="note">
        <Bi zh="读卡器在串口上" en="The badge reader is on its serial line" />
      </p>
    );
  }
  return (
    <div class="badges" role="group" aria-label={say({ zh: "工牌", en: "Badges" })}>
      <div
        class={over ? "reader over" : "reader"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const key = event.dataTransfer?.getData(BADGE) ?? "";
          if (key !== "") tap(key);
        }}
      >
        <Waves />
        <p class="stacked">
          <Bi zh="刷卡区" en="Tap here" />
        </p>
        {taps > 0 && <span key={taps} class="tapped" aria-hidden="true" />}
      </div>
      {badges.map((badge) => (
        <Badge key={badge.key} badge={badge} onTap={() => tap(badge.key)} />
      ))}
    </div>
  );
}

function Badge({ badge, onTap }: { readonly badge: PanelBadge; readonly onTap: () => void }) {
  const say = useWords();
  return (
    <button
      type="button"
      class={`badge ${badge.key}`}
      draggable
      title={say({ zh: "刷卡", en: "Tap this badge" })}
      onDragStart={(event) => event.dataTransfer?.setData(BADGE, badge.key)}
      onClick={onTap}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="9" r="4.4" />
        <path d="M3.5 22c.6-5 4-7.4 8.5-7.4s7.9 2.4 8.5 7.4z" />
      </svg>
      <span class="stacked">
        <Bi {...badge.label} />
      </span>
    </button>
  );
}

const Waves = () => (
  <svg class="waves" viewBox="0 0 48 48" aria-hidden="true">
    <path d="M14 30a10 10 0 0 1 0-12M20 27a5 5 0 0 1 0-6M34 18a10 10 0 0 1 0 12M28 21a5 5 0 0 1 0 6" />
  </svg>
);
