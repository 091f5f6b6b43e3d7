import { Bi, type Words } from "../../design/design.ts";
import type { HallOverview, TerminalOverview } from "./hall-contract.ts";

interface FiguresProps {
  readonly overview: HallOverview;
  readonly terminals: readonly TerminalOverview[];
}

/** Today in numbers: of the hall, never of a person. */
export function Figures({ overview, terminals }: FiguresProps) {
  const { today, counters } = overview;
  const onDuty = counters.filter(({ person }) => person !== null).length;
  const online = terminals.filter((terminal) => terminal.online).length;
  const share = today.ratingsAsked === 0 ? "–" : `${Math.round((100 * today.ratingsGiven) / today.ratingsAsked)}%`;
  const figures: readonly (readonly [Words, string])[] = [
    [{ zh: "现在等候", en: "Waiting" }, String(today.waiting)],
    [{ zh: "今日取号", en: "Issued" }, String(today.issued)],
    [{ zh: "已办结", en: "Served" }, String(today.served)],
    [{ zh: "过号", en: "No-show" }, String(today.noShow)],
    [{ zh: "挂起", en: "On hold" }, String(today.held)],
    [{ zh: "参评率", en: "Rated" }, share],
    [{ zh: "在岗窗口", en: "Staffed" }, `${onDuty}/${counters.length}`],
    [{ zh: "在线终端", en: "Online" }, `${online}/${terminals.length}`],
  ];
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name.en}>
          <dt>
            <Bi {...name} />
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
