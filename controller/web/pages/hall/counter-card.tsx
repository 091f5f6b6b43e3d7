import { Bi, clockTime } from "../../design/design.ts";
import { Since } from "./attention-list.tsx";
import { Brief } from "./brief.tsx";
import type { CounterOverview } from "./hall-contract.ts";
import { PHASES, type Tone } from "./hall-words.ts";

interface CounterCardProps {
  readonly counter: CounterOverview;
  readonly online: boolean;
  readonly nowMs: number;
}

/** One window. Every part has its place, filled or not, so that a card never changes its height. */
export function CounterCard({ counter, online, nowMs }: CounterCardProps) {
  const { words, tone } = PHASES[counter.phase];
  return (
    <li class={`card counter-card ${counter.assistanceSinceMs === null ? tone : "alarm"}`}>
      <h3>
        <span class="window-number">{counter.counter.toUpperCase()}</span>
        <span class="service stacked">
          <Bi {...counter.title} />
        </span>
        <span class={`chip ${tone}`}>
          <Brief {...words} />
        </span>
      </h3>
      <p class="ticket">
        <span class={counter.ticketNumber === null ? "ticket-number none" : "ticket-number"}>
          {counter.ticketNumber ?? "–"}
        </span>
        {counter.sinceMs !== null && <Since sinceMs={counter.sinceMs} nowMs={nowMs} />}
      </p>
      <p class="person">
        <Person counter={counter} />
      </p>
      <ul class="marks">
        <Marks marks={marksOf(counter, online)} />
      </ul>
      <ul class="marks counts">
        <Marks marks={countsOf(counter)} />
      </ul>
    </li>
  );
}

function Person({ counter: { person, colleague, onDutySinceMs, vacant } }: { readonly counter: CounterOverview }) {
  if (person === null) {
    return vacant ? (
      <span class="chip pause">
        <Brief zh="应开未开" en="Vacant" />
      </span>
    ) : (
      <span class="nobody">
        <Bi zh="无人在岗" en="Nobody on duty" />
      </span>
    );
  }
  return (
    <>
      <strong>{person.name}</strong> {person.number}
      {colleague !== null && ` · ${colleague.name} ${colleague.number}`}
      {person.cover && (
        <span class="chip pause">
          <Brief zh="代岗" en="Cover" />
        </span>
      )}
      {onDutySinceMs !== null && (
        <span class="since">
          <Brief zh={`${clockTime(onDutySinceMs)}到岗`} en={`from ${clockTime(onDutySinceMs)}`} />
        </span>
      )}
    </>
  );
}

interface Mark {
  readonly tone: Tone | "";
  readonly zh: string;
  readonly en: string;
}

function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  return (
    <>
      {marks.map(({ tone, zh, en }) => (
        <li key={en} class={tone === "" ? "" : `chip ${tone}`}>
          <Brief zh={zh} en={en} />
        </li>
      ))}
    </>
  );
}

function marksOf(counter: CounterOverview, online: boolean): Mark[] {
  const { held, pause, extended } = counter;
  const marks: Mark[] = [];
  if (!online) marks.push({ tone: "alarm", zh: "终端失联", en: "Terminal lost" });
  if (counter.callCount > 1) {
    marks.push({ tone: "call", zh: `第${counter.callCount}次呼叫`, en: `Call no. ${counter.callCount}` });
  }
  if (pause !== null) {
    const until = pause.untilMs === null ? "" : clockTime(pause.untilMs);
    const zh = until === "" ? pause.reason.zh : `${pause.reason.zh} 预计${until}回`;
    marks.push({ tone: "pause", zh, en: until === "" ? pause.reason.en : `${pause.reason.en}, back ${until}` });
  }
  if (extended) marks.push({ tone: "good", zh: "延时服务", en: "Extended" });
  if (held.count > 0) {
    const more = held.count > held.numbers.length ? "…" : "";
    const numbers = `${held.numbers.join(" ")}${more}`;
    marks.push({ tone: "pause", zh: `挂起 ${numbers}`, en: `Held ${numbers}` });
  }
  return marks;
}

function countsOf({ waiting, ratings }: CounterOverview): Mark[] {
  const marks: Mark[] = [{ tone: "", zh: `等候 ${waiting}`, en: `${waiting} waiting` }];
  if (ratings.asked > 0) {
    const share = `${ratings.given}/${ratings.asked}`;
    marks.push({ tone: "", zh: `参评 ${share}`, en: `rated ${share}` });
  }
  return marks;
}
