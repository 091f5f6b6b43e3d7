import type { DocumentPicture } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, calendarDay, clockTime, type Words } from "../../design/design.ts";
import { actionWords, changeWords } from "../office/action-words.ts";
import { decidedWords, documentWords, officesWords, officeWords, stateWords } from "../office/office-words.ts";
import { RuleIds } from "../office/rule-ids.tsx";
import { SESSION_WORDS } from "../office/session-words.ts";
import { spanWords } from "../office/span-words.ts";
import { Decision } from "./decision.tsx";
import { daysEn } from "../office/days-en.ts";

interface DocumentCardProps {
  readonly document: DocumentPicture;
  readonly onDone: () => void;
}

/** One request: what is asked, who has signed, who must still, and what the reader may decide. */
export function DocumentCard({ document, onDone }: DocumentCardProps) {
  const { tone, words } = stateWords(document);
  const { request, due, signatures, rules, days, may } = document;
  return (
    <li class={`card ${tone} document`}>
      <h3>
        <Bi {...documentWords(document)} />{" "}
        <span class={`chip ${tone}`}>
          <Bi {...words} />
        </span>
      </h3>
      <About document={document} />
      <p class="quiet">
        {days !== null && <Bi zh={`${days} 个工作日 · `} en={`${daysEn(days)} of work · `} />}
        {request.reason}
      </p>
      <Papers {...document} />
      {due.length > 0 && (
        <p>
          <Bi {...dueWords(document)} />
        </p>
      )}
      {signatures.map((signature) => (
        <p key={`${signature.by} ${signature.atMs}`} class="quiet">
          <Bi {...signedWords(document, signature)} />
          {signature.note !== "" && <q>{signature.note}</q>}
        </p>
      ))}
      <RuleIds rules={rules} />
      {may.length > 0 && <Decision document={document} onDone={onDone} />}
    </li>
  );
}

/** One's own turn is said as such; else whose it is. */
function dueWords({ due, may }: Pick<DocumentPicture, "due" | "may">): Words {
  const { zh, en } = officesWords(due);
  if (!may.includes("approve")) return { zh: `待签：${zh}`, en: `still to sign: ${en}` };
  return { zh: `待您签署（${zh}）`, en: `yours to sign (${en})` };
}

function signedWords({ kind, names }: DocumentPicture, signature: DocumentPicture["signatures"][number]): Words {
  const { by, role, zh, decision, atMs } = signature;
  const office = officeWords({ role, zh: zh ?? undefined });
  const decided = decidedWords(kind, decision);
  const called = names[by] ?? by;
  return {
    zh: `${momentWords(atMs)} ${called}（${office.zh}）${decided.zh}`,
    en: office.en === "" ? decided.en : `${decided.en} by ${office.en}`,
  };
}

const two = (count: number | string): string => String(count).padStart(2, "0");

function momentWords(atMs: number): string {
  const { month, day } = calendarDay(atMs);
  return `${two(month)}-${two(day)} ${clockTime(atMs)}`;
}

/** Whom it is about and when, in the roster's names. */
function About({ document: { request, names } }: Pick<DocumentCardProps, "document">) {
  const named = (id: string): string => names[id] ?? id;
  const people = "person" in request ? [request.person] : "persons" in request ? request.persons : [];
  return (
    <p>
      <strong>{people.map(named).join("、")}</strong> {spanOf(request)}{" "}
      {request.kind === "step" && <Bi {...actionWords(request.action)} />}
      {request.kind === "posting" && <Bi {...changeWords(request.change)} />}
      {request.kind === "shifts" && <Bi {...shiftsWords(request.shifts)} />}
      {request.kind === "out-of-service" && request.terminal}
      {request.kind === "objection" && <Bi {...SESSION_WORDS[request.session]} />}
      {request.kind === "cover" && <Bi zh={` 顶 ${named(request.covers)}`} en={` for ${named(request.covers)}`} />}
      {request.kind === "leave" && request.substitute !== undefined && (
        <Bi zh={` 代岗 ${named(request.substitute)}`} en={` covered by ${named(request.substitute)}`} />
      )}
    </p>
  );
}

function spanOf(request: DocumentPicture["request"]): string {
  if (request.kind === "step") return request.on;
  const from = "from" in request ? request.from : "date" in request ? request.date : "at" in request ? request.at : "";
  return spanWords(from, "to" in request ? request.to : undefined);
}

function shiftsWords(shifts: readonly (readonly [string, string])[]): Words {
  if (shifts.length === 0) return { zh: "休息", en: "Rest day" };
  return { zh: shifts.map(([from, to]) => `${from}–${to}`).join("、"), en: "" };
}

/** What lies in the vault for it. The hall hands a paper to those who may see it. */
function Papers({ evidence, erased }: Pick<DocumentPicture, "evidence" | "erased">) {
  if (evidence.length === 0) return null;
  return (
    <p class="papers">
      {evidence.map((digest, at) =>
        erased.includes(digest) ? (
          <span key={digest} class="quiet">
            <Bi zh={`材料${at + 1} 已依法销毁`} en="erased" />
          </span>
        ) : (
          <a key={digest} href={`/api/attendance/evidence/${digest}`} download>
            <Bi zh={`材料${at + 1}`} en={`Paper ${at + 1}`} />
          </a>
        ),
      )}
    </p>
  );
}
