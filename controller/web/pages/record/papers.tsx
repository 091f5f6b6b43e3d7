import type { AttendanceRecord } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi } from "../../design/design.ts";
import { DocumentCard } from "../leave/document-card.tsx";

interface PapersProps {
  readonly documents: AttendanceRecord["documents"];
  readonly onDone: () => void;
}

/** What was filed about these days, and what became of it: objections and their answers too. */
export function Papers({ documents, onDone }: PapersProps) {
  if (documents.length === 0) return null;
  return (
    <section aria-labelledby="papers-title">
      <h2 id="papers-title">
        <Bi zh="本期文件" en="Documents" /> {documents.length}
      </h2>
      <ul class="cards">
        {documents.map((document) => (
          <DocumentCard key={document.id} document={document} onDone={onDone} />
        ))}
      </ul>
    </section>
  );
}
