import { useState } from "preact/hooks";
import { Bi, PageShell, SignedInAs, useLive, useNow, usePerson } from "../../design/design.ts";
import { type Attention, attentionOf, byAttention } from "./attention.ts";
import { AttentionList } from "./attention-list.tsx";
import { CounterCard } from "./counter-card.tsx";
import { Figures } from "./figures.tsx";
import type {
  CounterOverview,
  HallOverview,
  HallPictures,
  RefusalOverview,
  TerminalOverview,
} from "./hall-contract.ts";
import { HallAlarms } from "./hall-alarms.tsx";
import { QueueList } from "./queue-list.tsx";
import { RefusalList } from "./refusal-list.tsx";
import { RestoredTickets } from "./restored-tickets.tsx";
import { TerminalList } from "./terminal-list.tsx";

const TITLE = { zh: "大厅总览", en: "Hall overview" };
const NO_TERMINALS: readonly TerminalOverview[] = [];
const NO_REFUSALS: readonly RefusalOverview[] = [];

export function HallPage() {
  const live = useLive<HallPictures>(["overview", "terminals", "refusals"], "/api/overview/events");
  const person = usePerson(live.link);
  const { overview, terminals = NO_TERMINALS, refusals = NO_REFUSALS } = live.pictures;
  return (
    <PageShell
      title={TITLE}
      hall={overview?.hall}
      live={live}
      idle={{ zh: "实时", en: "Live" }}
      tools={<SignedInAs person={person} />}
    >
      {overview !== undefined && <Hall overview={overview} terminals={terminals} refusals={refusals} />}
    </PageShell>
  );
}

interface HallProps {
  readonly overview: HallOverview;
  readonly terminals: readonly TerminalOverview[];
  readonly refusals: readonly RefusalOverview[];
}

function Hall({ overview, terminals, refusals }: HallProps) {
  const nowMs = useNow(5_000);
  const found = attentionOf(overview, terminals, nowMs);
  return (
    <div class="hall">
      <div class="notices">
        <HallAlarms alarms={overview.alarms} />
        <RestoredTickets restored={overview.restored} />
      </div>
      <Figures overview={overview} terminals={terminals} />
      <AttentionList found={found} nowMs={nowMs} />
      <Counters counters={overview.counters} terminals={terminals} found={found} nowMs={nowMs} />
      <div class="aside">
        <QueueList queues={overview.queues} nowMs={nowMs} />
        <TerminalList terminals={terminals} nowMs={nowMs} />
        <RefusalList refusals={refusals} />
      </div>
    </div>
  );
}

interface CountersProps {
  readonly counters: readonly CounterOverview[];
  readonly terminals: readonly TerminalOverview[];
  readonly found: readonly Attention[];
  readonly nowMs: number;
}

/** In the hall's order unless somebody asks for another: cards that change places by themselves cannot be read. */
function Counters({ counters, terminals, found, nowMs }: CountersProps) {
  const [urgentFirst, setUrgentFirst] = useState(false);
  const lost = new Set(terminals.filter(({ online }) => !online).map(({ terminal }) => terminal));
  const ordered = urgentFirst ? byAttention(counters, found) : counters;
  return (
    <section class="counters" aria-labelledby="counters-title">
      <h2 id="counters-title">
        <Bi zh="窗口" en="Counters" />
        <span class="switch" role="group" aria-label="排序 Order">
          <button type="button" aria-pressed={!urgentFirst} onClick={() => setUrgentFirst(false)}>
            <Bi zh="按窗口" en="By number" />
          </button>
          <button type="button" aria-pressed={urgentFirst} onClick={() => setUrgentFirst(true)}>
            <Bi zh="先看要处理的" en="Urgent first" />
          </button>
        </span>
      </h2>
      <ul class="counter-cards">
        {ordered.map((counter) => (
          <CounterCard key={counter.counter} counter={counter} online={!lost.has(counter.terminal)} nowMs={nowMs} />
        ))}
      </ul>
    </section>
  );
}
