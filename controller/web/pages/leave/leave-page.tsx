import { useEffect, useRef, useState } from "preact/hooks";
import type { CoverList, DocumentList, DocumentPicture } from "../../../projections/attendance/attendance-pictures.ts";
import type { FilingChoices } from "../../../projections/attendance/filing-choices.ts";
import { Bi, usePerson, type Words } from "../../design/design.ts";
import { OfficeShell } from "../office/office-shell.tsx";
import { spanWords } from "../office/span-words.ts";
import { useAsked } from "../office/use-asked.ts";
import { CoverStretches } from "./cover-stretches.tsx";
import { DocumentCard } from "./document-card.tsx";
import { Filing } from "./filing.tsx";
import type { Choices } from "./forms.ts";

const TITLE = { zh: "请假与顶岗", en: "Leave and cover" };
const FILED: Words = { zh: "已提交", en: "Filed" };
const DECIDED: Words = { zh: "已签署", en: "Signed" };

const isMine = ({ may }: DocumentPicture): boolean => may.includes("approve");

/** What waits for the reader's signature, forms, what waits for others, and how far cover has gone. */
export function LeavePage() {
  const asked = useAsked<DocumentList>("/api/attendance/documents/all");
  const choices = useAsked<FilingChoices>("/api/attendance/filing").value;
  const cover = useAsked<CoverList>("/api/attendance/cover").value?.stretches ?? [];
  const person = usePerson(asked.link);
  const [done, setDone] = useState<{ readonly words: Words; readonly turn: number } | null>(null);
  const note = (words: Words) => () => {
    setDone((before) => ({ words, turn: (before?.turn ?? 0) + 1 }));
    asked.again();
  };
  const documents = asked.value?.documents ?? [];
  const open = documents.filter(({ state }) => state === "waiting");
  const groups: readonly (readonly [id: string, words: Words, documents: readonly DocumentPicture[]])[] = [
    ["open", { zh: "待他人审批", en: "Waiting for others" }, open.filter((document) => !isMine(document))],
    ["settled", { zh: "已办结", en: "Settled" }, documents.filter(({ state }) => state !== "waiting")],
  ];
  return (
    <OfficeShell title={TITLE} asked={asked}>
      <div class="leave">
        {done !== null && <DoneNote key={done.turn} words={done.words} />}
        <Documents
          id="mine"
          words={{ zh: "待您签署", en: "Yours to sign" }}
          documents={open.filter(isMine)}
          onDone={note(DECIDED)}
        />
        {choices !== null && person !== null && (
          <Filing
            key={person.id}
            choices={choices}
            own={person.staffId ?? null}
            leaves={leavesAmong(documents)}
            onDone={note(FILED)}
          />
        )}
        {groups.map(([id, words, among]) => (
          <Documents key={id} id={id} words={words} documents={among} onDone={note(DECIDED)} />
        ))}
        <CoverStretches stretches={cover} people={choices?.people ?? []} />
      </div>
    </OfficeShell>
  );
}

/** Leave that holds and from which nobody has reported back, the latest first. */
function leavesAmong(documents: readonly DocumentPicture[]): Choices {
  const back = new Set(documents.flatMap(({ request }) => (request.kind === "return" ? [request.leave] : [])));
  return documents.flatMap(({ id, state, request, names }) => {
    if (request.kind !== "leave" || state !== "holds" || back.has(id)) return [];
    const name = names[request.person] ?? request.person;
    return [[id, { zh: `${name} ${spanWords(request.from, request.to)}`, en: "" }] as const];
  });
}

/** What was pressed is gone from its place: the keyboard goes to what came of it. */
function DoneNote({ words }: { readonly words: Words }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => line.current?.focus(), []);
  return (
    <p ref={line} class="note done" role="status" tabIndex={-1}>
      ✓ <Bi {...words} />
    </p>
  );
}

interface DocumentsProps {
  readonly id: string;
  readonly words: Words;
  readonly documents: readonly DocumentPicture[];
  readonly onDone: () => void;
}

function Documents({ id, words, documents, onDone }: DocumentsProps) {
  if (documents.length === 0) return null;
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
