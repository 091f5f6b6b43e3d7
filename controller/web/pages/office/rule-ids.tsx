import { Bi } from "../../design/design.ts";

/** Rules and readings stand on the regulation page; whose word a product default is stands nowhere else. */
const HAS_PLACE = /^[A-Z]{3}-\d+$/u;

/** The rules behind a word, each leading to its text on the regulation page. */
export function RuleIds({ rules }: { readonly rules: readonly string[] }) {
  return (
    <span class="rule-ids">
      {rules.map((rule) =>
        HAS_PLACE.test(rule) ? (
          <a key={rule} class="rule-id" href={`/policy#${encodeURIComponent(rule)}`}>
            {rule}
          </a>
        ) : (
          <span key={rule} class="rule-id" title={rule}>
            <Origin rule={rule} />
          </span>
        ),
      )}
    </span>
  );
}

/** Whose word it is that no rule says: "hall:late.countFrom", "default:meetings.count". */
function Origin({ rule }: { readonly rule: string }) {
  if (rule.startsWith("hall:")) return <Bi zh="本大厅规定" en="the hall's own" />;
  return rule.startsWith("default:") ? <Bi zh="产品默认" en="product default" /> : <>{rule}</>;
}
