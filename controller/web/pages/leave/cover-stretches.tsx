import type { CoverList } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi } from "../../design/design.ts";
import { RuleIds } from "../office/rule-ids.tsx";
import type { Named } from "./people-named.ts";
import { stretchWords } from "./stretch-words.ts";

const COVERED = {
  allowed: { tone: "good", words: { zh: "未超限", en: "Within limits" } },
  warned: { tone: "pause", words: { zh: "接近上限", en: "Near the limit" } },
  blocked: { tone: "alarm", words: { zh: "超限", en: "Over the limit" } },
} as const;

interface CoverStretchesProps {
  readonly stretches: CoverList["stretches"];
  /** Whose names are known here. */
  readonly people: readonly Pick<Named, "person" | "name">[];
}

/** Who stood in for whom, and how far that is from its limits. */
export function CoverStretches({ stretches, people }: CoverStretchesProps) {
  if (stretches.length === 0) return null;
  const named = (id: string): string => people.find(({ person }) => person === id)?.name ?? id;
  return (
    <section aria-labelledby="cover">
      <h2 id="cover">
        <Bi zh="顶岗与限额" en="Cover and limits" />
      </h2>
      <ul class="cards">
        {stretches.map(({ person, covers, date, run, year, state, rules }) => (
          <li key={`${person} ${covers} ${date}`} class="card">
            <p>
              {date} <strong>{named(person)}</strong> → {named(covers)}{" "}
              <span class={`chip ${COVERED[state].tone}`}>
                <Bi {...COVERED[state].words} />
              </span>
            </p>
            <p class="quiet">
              <Bi {...stretchWords({ run, year })} />
            </p>
            <RuleIds rules={rules} />
          </li>
        ))}
      </ul>
    </section>
  );
}
