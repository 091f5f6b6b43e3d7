import type { CounterView } from "../../wire/ipc.ts";
import type { PanelCounter } from "../panel-contract.ts";
import { Key } from "./key.tsx";
import { act } from "./live-hall.ts";

const LEVELS = [
  [5, "非常满意", "Very satisfied"],
  [4, "满意", "Satisfied"],
  [3, "基本满意", "Fairly satisfied"],
  [2, "不满意", "Dissatisfied"],
  [1, "非常不满意", "Very dissatisfied"],
] as const;

const KEYPAD = { dark: "未开启 dark", asking: "请评价 Please rate", thanks: "谢谢 Thank you" } as const;
const BEEPS = { accepted: "确认音 accepted", refused: "拒绝音 refused", attention: "提示音 attention" } as const;
const LINKS = { up: "已连接控制器 Controller connected", down: "未连接控制器 No controller" } as const;

export function CounterPanel({ counter }: { readonly counter: PanelCounter }) {
  const { counterId, view } = counter;
  const title = `${counterId.toUpperCase()}号窗口 Counter ${counterId.toUpperCase()}`;
  return (
    <section id={`counter-${counterId}`} aria-label={title}>
      <Plate plate={view.plate} />
      <p class={`link ${view.link}`}>
        {LINKS[view.link]}
        {view.beep !== null && (
          <span key={view.beep.count} class={`beep ${view.beep.pattern}`}>
            ♪ {BEEPS[view.beep.pattern]}
          </span>
        )}
      </p>
      <div class="keys">
        <Key counterId={counterId} button="call" zh="呼叫" en="Call" lamp={view.lamps.call} />
        <Key counterId={counterId} button="pause" zh="暂停" en="Pause" lamp={view.lamps.pause} />
      </div>
      <Badges counter={counter} />
      <Keypad counterId={counterId} face={view.keypad} />
    </section>
  );
}

function Plate({ plate }: { readonly plate: CounterView["plate"] }) {
  return (
    <div class="plate" role="group" aria-label="铭牌 Nameplate">
      {plate.map((line) => (
        <p key={line.zh} class={line.emphasis}>
          {line.zh} <small lang="en">{line.en}</small>
        </p>
      ))}
    </div>
  );
}

function Badges({ counter }: { readonly counter: PanelCounter }) {
  const { counterId, badges, virtualReader } = counter;
  return (
    <div class="badges" role="group" aria-label="工牌 Badges">
      {virtualReader ? (
        badges.map(({ key, label }) => (
          <button key={key} type="button" onClick={() => act(counterId, "tap", { badge: key })}>
            刷卡 {label.zh} <small lang="en">Tap {label.en}</small>
          </button>
        ))
      ) : (
        <p>
          读卡器在串口上 <small lang="en">The badge reader is on its serial line</small>
        </p>
      )}
    </div>
  );
}

function Keypad({ counterId, face }: { readonly counterId: string; readonly face: CounterView["keypad"] }) {
  return (
    <div class={`keypad ${face}`} role="group" aria-label="评价器 Rating keypad">
      <p>
        评价 <small lang="en">Rating</small> · {KEYPAD[face]}
      </p>
      <div>
        {LEVELS.map(([level, zh, en]) => (
          <button key={level} type="button" title={en} onClick={() => act(counterId, "rate", { level })}>
            {zh} <small lang="en">{en}</small>
          </button>
        ))}
      </div>
    </div>
  );
}
