import { Bi, useWords, type Words } from "../../design/design.ts";
import { periodWords } from "../../../core/office/period-words.ts";
import { periodBeside } from "./period.ts";

interface PeriodStepProps {
  /** A month or a week, see `period.ts`. */
  readonly period: string;
  readonly onPeriod: (period: string) => void;
}

const EARLIER: Words = { zh: "上一期", en: "Earlier" };
const LATER: Words = { zh: "下一期", en: "Later" };

/** The period at hand, and the way to the ones beside it. */
export function PeriodStep({ period, onPeriod }: PeriodStepProps) {
  const say = useWords();
  return (
    <span class="period-step">
      <button type="button" class="button" aria-label={say(EARLIER)} onClick={() => onPeriod(periodBeside(period, -1))}>
        ‹
      </button>
      <strong>
        <Bi {...periodWords(period)} />
      </strong>
      <button type="button" class="button" aria-label={say(LATER)} onClick={() => onPeriod(periodBeside(period, 1))}>
        ›
      </button>
    </span>
  );
}
