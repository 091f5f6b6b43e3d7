/** The rules behind a word, each leading to its text on the regulation page. */
export function RuleIds({ rules }: { readonly rules: readonly string[] }) {
  return (
    <span class="rule-ids">
      {rules.map((rule) => (
        <a key={rule} class="rule-id" href={`/policy#${encodeURIComponent(rule)}`}>
          {rule}
        </a>
      ))}
    </span>
  );
}
