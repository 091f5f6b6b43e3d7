import { useRef, useState } from "preact/hooks";
import type {
  DocumentList,
  PublicationList,
  PublicationPicture,
} from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, calendarDay, clockTime, pageClock, usePerson, type Words } from "../../design/design.ts";
import { type Reply, send } from "../kiosk/requests.ts";
import { touchKeys } from "../kiosk/touch-keys.ts";
import { RuleIds } from "../office/rule-ids.tsx";
import { stateWords } from "../office/office-words.ts";
import { useAsked } from "../office/use-asked.ts";
import { spanOf } from "../office/period.ts";
import { periodWords } from "../../../core/office/period-words.ts";
import { closingWords } from "./closing-words.ts";
import { differenceWords } from "./difference-words.ts";

const AWAY: Words = { zh: "大厅没有回应，请再试一次", en: "The hall did not answer; try again" };

/** What was hung up, what has changed since, and until when one may object. */
export function Publications({ period, link }: { readonly period: string; readonly link: string }) {
  const person = usePerson(link);
  const asked = useAsked<PublicationList>("/api/attendance/publications");
  const objections = useAsked<DocumentList>("/api/attendance/documents/objection").value?.documents ?? [];
  const mayPublish = person?.roles.some((role) => role === "manager" || role === "office") ?? false;
  const publications = asked.value?.publications ?? [];
  return (
    <section class="sheet-publications" aria-labelledby="publications">
      <h2 id="publications">
        <Bi zh="公示" en="Publications" />
      </h2>
      {mayPublish && <Publish key={period} period={period} onDone={asked.again} />}
      {asked.value !== null && publications.length === 0 && (
        <p class="note empty">
          <Bi zh="尚未公示" en="Nothing published yet" />
        </p>
      )}
      <ul class="cards">
        {publications.map((publication) => (
          <Publication
            key={publication.id}
            publication={publication}
            objections={objections.filter(
              ({ request }) => request.kind === "objection" && request.publication === publication.id,
            )}
          />
        ))}
      </ul>
    </section>
  );
}

function Publish({ period, onDone }: { readonly period: string; readonly onDone: () => void }) {
  const [refusal, setRefusal] = useState<Words | null>(null);
  const [busy, setBusy] = useState(false);
  const [drawKey] = useState(() => touchKeys("publish", pageClock.now));
  const key = useRef(drawKey());
  const publish = async (): Promise<void> => {
    setBusy(true);
    const body = { what: spanOf(period), period };
    const headers = { "idempotency-key": key.current };
    const reply: Reply<PublicationPicture> = await send("/api/attendance/publications", { body, headers });
    setBusy(false);
    setRefusal(reply.kind === "ok" ? null : reply.kind === "refused" ? reply.words : AWAY);
    if (reply.kind === "away") return; // Perhaps done: the same key asks again.
    key.current = drawKey();
    onDone();
  };
  return (
    <div>
      <button type="button" class="button primary" disabled={busy} onClick={() => void publish()}>
        <Bi zh={`公示${periodWords(period).zh}`} en={`Publish ${periodWords(period).en}`} />
      </button>
      {refusal !== null && (
        <p class="note alarm" role="alert">
          <Bi {...refusal} />
        </p>
      )}
    </div>
  );
}

function dayAndTime(atMs: number): string {
  const { year, month, day } = calendarDay(atMs);
  return `${year}-${month}-${day} ${clockTime(atMs)}`;
}

interface PublicationProps {
  readonly publication: PublicationPicture;
  readonly objections: DocumentList["documents"];
}

function Publication({ publication, objections }: PublicationProps) {
  const called = periodWords(publication.period);
  const { version, publishedAtMs, objectionsCloseAt, locked, rules, differences, position } = publication;
  return (
    <li class={`card ${locked ? "off" : "good"}`}>
      <h3>
        <Bi zh={`${called.zh} 第 ${version} 版`} en={`${called.en}, version ${version}`} />
      </h3>
      <p class="quiet">
        {dayAndTime(publishedAtMs)} <Bi zh={`日志位置 ${position}`} en={`log position ${position}`} />
      </p>
      {objectionsCloseAt !== null && (
        <p>
          <Bi {...closingWords(objectionsCloseAt)} />
        </p>
      )}
      {publication.sentTo.length > 0 && (
        <p>
          <Bi
            zh={`报送 ${publication.sentTo.map(({ zh }) => zh).join("、")}`}
            en={`sent to ${publication.sentTo.map(({ zh }) => zh).join(", ")}`}
          />
        </p>
      )}
      {differences.length > 0 && (
        <details>
          <summary>
            <Bi zh={`公示后有 ${differences.length} 处变化`} en={`${differences.length} changes since`} />
          </summary>
          {differences.map((difference) => (
            <p key={`${difference.person} ${difference.date} ${difference.session}`}>
              {difference.name} {difference.date} <Bi {...differenceWords(difference)} />
            </p>
          ))}
        </details>
      )}
      {objections.map((objection) => (
        <Objection key={objection.id} objection={objection} />
      ))}
      <RuleIds rules={rules} />
    </li>
  );
}

function Objection({ objection }: { readonly objection: DocumentList["documents"][number] }) {
  const { request, names } = objection;
  if (request.kind !== "objection") return null;
  const { tone, words } = stateWords(objection);
  return (
    <p>
      <Bi zh="异议" en="Objection" /> {names[request.person] ?? request.person} {request.date} {request.reason}{" "}
      <span class={`chip ${tone}`}>
        <Bi {...words} />
      </span>
    </p>
  );
}
