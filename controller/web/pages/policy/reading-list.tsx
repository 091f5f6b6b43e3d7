import type { ActivePolicy } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi } from "../../design/design.ts";

interface ReadingListProps extends Pick<ActivePolicy, "readings"> {
  /** The id that somebody was led here by. */
  readonly named: string;
}

/** How the product reads what the regulations leave open. */
export function ReadingList({ readings, named }: ReadingListProps) {
  return (
    <details class="policy-readings" open={readings.some(({ id }) => id === named)}>
      <summary>
        <Bi
          zh={`条文未明之处的读法 ${readings.length}`}
          en={`${readings.length} readings of what the rules leave open`}
        />
      </summary>
      <ul class="policy-rules">
        {readings.map(({ id, question, source, reading }) => (
          <li key={id} id={id} class="card policy-rule">
            <p class="policy-rule-head">
              <strong>{id}</strong>
              <span class="quiet">{source}</span>
            </p>
            <p lang="en">
              {question} <strong>{reading}</strong>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
