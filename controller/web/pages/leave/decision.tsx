import { useState } from "preact/hooks";
import type { DocumentPicture } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, useWords, type Words } from "../../design/design.ts";
import { FormField } from "../office/form-field.tsx";
import { CERTIFICATES, decisionWords } from "../office/office-words.ts";
import { RefusedNote } from "../office/refused-note.tsx";
import { RuleIds } from "../office/rule-ids.tsx";
import { useSending } from "../office/use-sending.ts";

interface DecisionProps {
  readonly document: DocumentPicture;
  readonly onDone: () => void;
}

const NOTE_MAX = 400;

/** What the reader may decide about a document, by the hall's own word; nothing where that is nothing. */
export function Decision({ document, onDone }: DecisionProps) {
  const { id, may, hindrance } = document;
  const [note, setNote] = useState("");
  const [certificate, setCertificate] = useState("");
  const [unitOpinion, setUnitOpinion] = useState(false);
  const { busy, refusal, post } = useSending(`sign-${id}`);
  if (may.length === 0) return null;
  const signs = may.includes("approve");
  const needsPaper = hindrance?.code === "certificate-missing";
  // The hall names one paper at a time: the second by refusing.
  const needsOpinion = hindrance?.code === "unit-opinion-missing" || refusal?.field === "unitOpinion";
  const isShown = (!needsPaper || certificate !== "") && (!needsOpinion || unitOpinion) && (needsPaper || needsOpinion);
  const decide = async (decision: string): Promise<void> => {
    const said = {
      ...(note.trim() !== "" && { note }),
      ...(certificate !== "" && { certificate }),
      ...(unitOpinion && { unitOpinion }),
    };
    if (await post(`/api/attendance/documents/${id}/decisions`, { decision, ...said })) onDone();
  };
  const words = decisionWords(document);
  const button = (decision: DocumentPicture["may"][number]) => (
    <button
      type="button"
      class={decision === "approve" ? "button primary" : "button"}
      disabled={busy || (decision === "approve" && hindrance !== null && !isShown)}
      onClick={() => void decide(decision)}
    >
      <Bi {...words(decision)} />
    </button>
  );
  return (
    <div class="leave-decision">
      {hindrance !== null && (
        <p class="note">
          <Bi zh="暂不能批准：" en="Not to be approved yet:" /> <Bi {...hindrance.text} />{" "}
          <RuleIds rules={hindrance.rules} />
        </p>
      )}
      {needsPaper && <CertificateChoice value={certificate} onChoose={setCertificate} />}
      {needsOpinion && (
        <label class="leave-shown">
          <input
            type="checkbox"
            checked={unitOpinion}
            onChange={(event) => setUnitOpinion(event.currentTarget.checked)}
          />
          <Bi zh="已见单位书面意见（盖章）" en="The unit's written opinion was shown, with its seal" />
        </label>
      )}
      {signs && <NoteField value={note} words={{ zh: "意见", en: "Note" }} onInput={setNote} />}
      {signs && (
        <div class="buttons">
          {button("approve")}
          {button("refuse")}
        </div>
      )}
      {may.includes("cancel") && (
        <details>
          <summary>
            <Bi {...words("cancel")} />
          </summary>
          {!signs && <NoteField value={note} words={{ zh: "原因", en: "Why" }} onInput={setNote} />}
          {button("cancel")}
        </details>
      )}
      <RefusedNote refusal={refusal} />
    </div>
  );
}

interface NoteFieldProps {
  readonly value: string;
  readonly words: Words;
  readonly onInput: (note: string) => void;
}

function NoteField({ value, words, onInput }: NoteFieldProps) {
  return (
    <FormField words={words} optional fault={null} takesFocus={false}>
      {(marks) => (
        <input
          {...marks}
          value={value}
          maxLength={NOTE_MAX}
          autocomplete="off"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </FormField>
  );
}

function CertificateChoice({
  value,
  onChoose,
}: {
  readonly value: string;
  readonly onChoose: (value: string) => void;
}) {
  const say = useWords();
  return (
    <FormField words={{ zh: "已见到的证明", en: "The paper that was shown" }} fault={null} takesFocus={false}>
      {(marks) => (
        <select {...marks} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
          <option value="">—</option>
          {CERTIFICATES.map(([each, words]) => (
            <option key={each} value={each}>
              {say(words)}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}
