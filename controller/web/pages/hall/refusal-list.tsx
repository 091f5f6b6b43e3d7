import { Bi, clockTime, ColumnHeads, type Words } from "../../design/design.ts";
import type { RefusalOverview } from "./hall-contract.ts";
import { REFUSALS } from "./refusal-words.ts";

const COLUMNS: readonly Words[] = [
  { zh: "来源", en: "From" },
  { zh: "原因", en: "Reason" },
  { zh: "次数", en: "Count" },
  { zh: "最近", en: "Last" },
];

/** What was refused at the wire since the controller started, and of whom. The latest first. */
export function RefusalList({ refusals }: { readonly refusals: readonly RefusalOverview[] }) {
  return (
    <section aria-labelledby="refusals-title">
      <h2 id="refusals-title">
        <Bi zh="网络拒收" en="Refused at the wire" />
      </h2>
      {refusals.length === 0 ? (
        <p class="note empty stacked">
          <Bi zh="没有拒收" en="Nothing was refused" />
        </p>
      ) : (
        <div class="table-frame refusals-frame" tabIndex={0}>
          <table class="table refusals">
            <ColumnHeads columns={COLUMNS} />
            <tbody>
              {refusals.map((refusal) => (
                <RefusalRow key={`${refusal.code} ${refusal.terminal} ${refusal.address}`} refusal={refusal} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function RefusalRow({ refusal }: { readonly refusal: RefusalOverview }) {
  const { code, terminal, address, count, lastMs } = refusal;
  return (
    <tr>
      <th scope="row">{terminal ?? (address || "–")}</th>
      <td class="stacked">
        <Bi {...REFUSALS[code]} />
        <code class="code">{code}</code>
      </td>
      <td>{count}</td>
      <td>{clockTime(lastMs)}</td>
    </tr>
  );
}
