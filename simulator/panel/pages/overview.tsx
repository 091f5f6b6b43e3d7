import { Bi, useWords } from "../../../controller/web/design/design.ts";
import type { PanelCounter } from "../panel-contract.ts";
import { LAMPS, POWER, windowName } from "./panel-words.ts";
import { statusLine } from "./status-line.ts";

interface OverviewProps {
  readonly counters: readonly PanelCounter[];
  readonly chosen: string;
}

/** Every counter in small: what its sign says, and its two lamps. A link leads to the counter itself. */
export function Overview({ counters, chosen }: OverviewProps) {
  const say = useWords();
  return (
    <nav class="overview" aria-label={say({ zh: "窗口一览", en: "All counters" })}>
      <ul>
        {counters.map((counter) => (
          <li key={counter.counterId}>
            <a href={`#counter-${counter.counterId}`} aria-current={counter.counterId === chosen ? "true" : undefined}>
              <strong>
                <span class="unseen">{say(windowName(counter.counterId))}</span>
                <span aria-hidden="true">{counter.counterId.toUpperCase()}</span>
              </strong>
              <SmallSign counter={counter} />
              <SmallLamps counter={counter} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SmallSign({ counter }: { readonly counter: PanelCounter }) {
  const { zh, en, emphasis } = statusLine(counter.view.plate);
  if (!counter.powered) {
    return (
      <span class="small-sign dark stacked">
        <Bi {...POWER.off} />
      </span>
    );
  }
  return (
    <span class={`small-sign ${emphasis} stacked`}>
      <Bi zh={zh} en={en} />
    </span>
  );
}

function SmallLamps({ counter: { view } }: { readonly counter: PanelCounter }) {
  const say = useWords();
  return (
    <span class="small-lamps">
      <span class={`glow call ${view.lamps.call}`} role="img" aria-label={say(LAMPS[view.lamps.call])} />
      <span class={`glow pause ${view.lamps.pause}`} role="img" aria-label={say(LAMPS[view.lamps.pause])} />
    </span>
  );
}
