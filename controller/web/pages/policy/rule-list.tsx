import type { ActivePolicy } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, type Words } from "../../design/design.ts";

type Rule = ActivePolicy["rules"][number];

interface RuleListProps {
  readonly rules: readonly Rule[];
  /** What somebody typed to find a rule: part of its id or words, in any case. */
  readonly wanted: string;
}

const STATES: Readonly<Record<string, { readonly tone: string; readonly words: Words }>> = {
  "carried-out": { tone: "good", words: { zh: "系统执行", en: "Carried out" } },
  decided: { tone: "act", words: { zh: "判定已实现", en: "Decided by a function" } },
  "by-hand": { tone: "pause", words: { zh: "人工执行", en: "By hand" } },
  later: { tone: "off", words: { zh: "尚未实现", en: "Later" } },
};

const holds = ({ id, zh, en }: Rule, wanted: string): boolean =>
  `${id} ${zh} ${en}`.toLowerCase().includes(wanted.trim().toLowerCase());

/** Every rule of the regulation with its source, and whether the hall carries it out or a person does. */
export function RuleList({ rules, wanted }: RuleListProps) {
  const found = rules.filter((rule) => holds(rule, wanted));
  return (
    <section aria-labelledby="policy-rules">
      <h2 id="policy-rules">
        <Bi zh={`条文 ${found.length}`} en={`${found.length} rules`} />
      </h2>
      {found.length === 0 && (
        <p class="note empty">
          <Bi zh="没有这样的条文" en="No such rule" />
        </p>
      )}
      <ul class="policy-rules">
        {found.map((rule) => (
          <RuleItem key={rule.id} {...rule} />
        ))}
      </ul>
    </section>
  );
}

function RuleItem({ id, zh, en, source, state }: Rule) {
  const { tone, words } = STATES[state] ?? { tone: "off", words: { zh: state, en: "" } };
  return (
    <li id={id} class="card policy-rule">
      <p class="policy-rule-head">
        <strong>{id}</strong>
        <span class={`chip ${tone}`}>
          <Bi {...words} />
        </span>
        <span class="quiet">{source}</span>
      </p>
      <p class="stacked">
        <Bi zh={zh} en={en} />
      </p>
    </li>
  );
}
