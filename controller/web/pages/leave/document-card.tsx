import { useState } from "preact/hooks";
import type { DocumentPicture } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, type Words } from "../../design/design.ts";
import { RuleIds } from "../office/rule-ids.tsx";
import { LEAVE_WORDS } from "../office/session-words.ts";
import { FORMS } from "./forms.ts";
import { useSending } from "../office/use-sending.ts";

const STATES: Readonly<Record<DocumentPicture["state"], { readonly tone: string; readonly words: Words }>> = {
  waiting: { tone: "pause", words: { zh: "待审批", en: "Waiting" } },
  holds: { tone: "good", words: { zh: "有效", en: "Holds" } },
  refused: { tone: "alarm", words: { zh: "未批准", en: "Refused" } },
  cancelled: { tone: "off", words: { zh: "已撤销", en: "Cancelled" } },
  late: { tone: "off", words: { zh: "逾期", en: "Late" } },
};

function aboutWords({ request }: DocumentPicture): string {
  const who = "person" in request ? request.person : "persons" in request ? request.persons.join("、") : "";
  const from = "from" in request ? request.from : "date" in request ? request.date : "at" in request ? request.at : "";
  const to = "to" in request && request.to !== undefined ? ` – ${request.to}` : "";
  return `${who}　${from}${to}`.replaceAll("T", " ");
}

/** One request: what is asked, who has signed, who must still, and what the reader may decide. */
export function DocumentCard({
  document,
  onDone,
}: {
  readonly document: DocumentPicture;
  readonly onDone: () => void;
}) {
  const { state, kind, request, due, signatures, rules } = document;
  const { tone, words } = STATES[state];
  const called =
    request.kind === "leave" ? LEAVE_WORDS[request.leave] : FORMS.find((form) => form.kind === kind)?.words;
  return (
    <li class={`card ${tone}`}>
      <h3>
        <Bi {...(called ?? { zh: kind, en: "" })} />{" "}
        <span class={`chip ${tone}`}>
          <Bi {...words} />
        </span>
      </h3>
      <p>{aboutWords(document)}</p>
      <p class="quiet">{request.reason}</p>
      {due.length > 0 && (
        <p>
          <Bi zh={`待签：${due.map(({ zh }) => zh).join(" → ")}`} en="must still sign" />
        </p>
      )}
      {signatures.map(({ by, role, decision, note, atMs }) => (
        <p key={`${by} ${atMs}`} class="quiet">
          {decision === "approve" ? "✓" : "✗"} {by} {role} {note}
        </p>
      ))}
      <RuleIds rules={rules} />
      {state === "waiting" && <Decision id={document.id} onDone={onDone} />}
    </li>
  );
}

const DECISIONS = [
  ["approve", { zh: "同意", en: "Approve" }],
  ["refuse", { zh: "不同意", en: "Refuse" }],
  ["cancel", { zh: "撤销", en: "Cancel" }],
] as const;

function Decision({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const [note, setNote] = useState("");
  const { busy, refusal, post } = useSending(`sign-${id}`);
  const decide = async (decision: string): Promise<void> => {
    const body = note.trim() === "" ? { decision } : { decision, note };
    if (await post(`/api/attendance/documents/${id}/decisions`, body)) onDone();
  };
  return (
    <div class="leave-decision">
      <label class="field">
        <span>
          <Bi zh="意见" en="Note" />
        </span>
        <input value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      <div class="buttons">
        {DECISIONS.map(([decision, words]) => (
          <button key={decision} type="button" class="button" disabled={busy} onClick={() => void decide(decision)}>
            <Bi {...words} />
          </button>
        ))}
      </div>
      {refusal !== null && (
        <p class="note alarm" role="alert">
          <Bi {...refusal} />
        </p>
      )}
    </div>
  );
}
