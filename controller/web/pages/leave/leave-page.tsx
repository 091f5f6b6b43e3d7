import type { CoverList, DocumentList } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, usePerson } from "../../design/design.ts";
import { OfficeShell } from "../office/office-shell.tsx";
import { RuleIds } from "../office/rule-ids.tsx";
import { useAsked } from "../office/use-asked.ts";
import { DocumentCard } from "./document-card.tsx";
import { Filing } from "./filing.tsx";

const TITLE = { zh: "请假与顶岗", en: "Leave and cover" };

/** Requests and what waits for a signature, forms by role, and how far cover has gone towards its limits. */
export function LeavePage() {
  const asked = useAsked<DocumentList>("/api/attendance/documents/all");
  const cover = useAsked<CoverList>("/api/attendance/cover").value?.stretches ?? [];
  const person = usePerson(asked.link);
  const documents = asked.value?.documents ?? [];
  const open = documents.filter(({ state }) => state === "waiting");
  const others = documents.filter(({ state }) => state !== "waiting");
  return (
    <OfficeShell title={TITLE} asked={asked}>
      <div class="leave">
        {person !== null && <Filing key={person.id} person={person} onDone={asked.again} />}
        <Documents id="open" words={{ zh: "待审批", en: "Waiting" }} documents={open} onDone={asked.again} />
        <Cover stretches={cover} />
        <Documents id="settled" words={{ zh: "已办结", en: "Settled" }} documents={others} onDone={asked.again} />
      </div>
    </OfficeShell>
  );
}

interface DocumentsProps extends DocumentList {
  readonly id: string;
  readonly words: { readonly zh: string; readonly en: string };
  readonly onDone: () => void;
}

function Documents({ id, words, documents, onDone }: DocumentsProps) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        <Bi {...words} /> {documents.length}
      </h2>
      <ul class="cards">
        {documents.map((document) => (
          <DocumentCard key={document.id} document={document} onDone={onDone} />
        ))}
      </ul>
    </section>
  );
}

const COVERED = {
  allowed: { tone: "good", words: { zh: "未超限", en: "Within limits" } },
  warned: { tone: "pause", words: { zh: "接近上限", en: "Near the limit" } },
  blocked: { tone: "alarm", words: { zh: "超限", en: "Over the limit" } },
} as const;

function Cover({ stretches }: Pick<CoverList, "stretches">) {
  if (stretches.length === 0) return null;
  return (
    <section aria-labelledby="cover">
      <h2 id="cover">
        <Bi zh="顶岗与限额" en="Cover and limits" />
      </h2>
      <ul class="cards">
        {stretches.map(({ person, covers, date, run, year, state, rules }) => (
          <li key={`${person} ${date}`} class="card">
            <p>
              {date}　{person} → {covers}{" "}
              <span class={`chip ${COVERED[state].tone}`}>
                <Bi {...COVERED[state].words} />
              </span>
            </p>
            <p class="quiet">
              <Bi zh={`连续 ${run}，本年 ${year}`} en="in a row, this year" />
            </p>
            <RuleIds rules={rules} />
          </li>
        ))}
      </ul>
    </section>
  );
}
