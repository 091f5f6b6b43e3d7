import type { AttendanceRecord, DayPicture } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi } from "../../design/design.ts";
import { SESSION_WORDS } from "../office/session-words.ts";
import { FormField } from "../office/form-field.tsx";
import { RefusedNote } from "../office/refused-note.tsx";
import { type Refused, useSending } from "../office/use-sending.ts";
import { publishedWith } from "./objectable.ts";

interface AskingProps {
  readonly record: AttendanceRecord;
  readonly day: DayPicture | null;
  readonly onDone: () => void;
}

/** What can be said against a day: a correction at any time, an objection once its sheet hangs. */
export function Asking({ record, day, onDone }: AskingProps) {
  const publication = day === null ? null : publishedWith(record.publications, day);
  return (
    <section aria-labelledby="asking-title">
      <h2 id="asking-title">
        <Bi zh="更正与异议" en="Correction and objection" />
      </h2>
      <p>
        <Bi zh="忘记打卡或机器故障，" en="Forgotten tap or faulty reader: " />
        <a href="/leave?file=correction">
          <Bi zh="申请更正" en="ask for a correction" />
        </a>
      </p>
      {day === null && (
        <p class="quiet">
          <Bi zh="选择一天可提出异议" en="Choose a day to object to it" />
        </p>
      )}
      {day !== null && publication === null && (
        <p class="quiet">
          <Bi zh="这一天尚未公示" en="This day has not been published yet" />
        </p>
      )}
      {day !== null && publication !== null && <Objection key={day.date} {...{ record, day, publication, onDone }} />}
    </section>
  );
}

interface ObjectionProps extends AskingProps {
  readonly day: DayPicture;
  readonly publication: AttendanceRecord["publications"][number];
}

const REASON_MAX = 400;
const FIELDS: readonly string[] = ["session", "reason"];

function Objection({ record, day, publication, onDone }: ObjectionProps) {
  const { busy, refusal, post } = useSending(`object-${publication.id}-${day.date}`);
  const file = async (form: HTMLFormElement): Promise<void> => {
    const filled = new FormData(form);
    const about = { publication: publication.id, date: day.date, session: filled.get("session") };
    const body = { kind: "objection", person: record.person.person, ...about, reason: filled.get("reason") };
    if (!(await post("/api/attendance/documents", body))) return;
    form.reset();
    onDone();
  };
  const faultAt = (field: string): Refused | null => (refusal?.field === field ? refusal : null);
  return (
    <form
      class="card record-form"
      onSubmit={(event) => {
        event.preventDefault();
        void file(event.currentTarget);
      }}
    >
      <h3>
        <Bi zh={`对 ${day.date} 提出异议`} en="Object to this day" />
      </h3>
      {publication.objectionsCloseAt !== null && (
        <p>
          <Bi
            zh={`截止 ${publication.objectionsCloseAt.replace("T", " ").slice(0, 16)}，逾期无效`}
            en="counts until then"
          />
        </p>
      )}
      <FormField words={{ zh: "半天", en: "Half day" }} fault={faultAt("session")} takesFocus>
        {(marks) => (
          <select {...marks} name="session">
            {day.sessions.map(({ session }) => (
              <option key={session} value={session}>
                {SESSION_WORDS[session].zh} {SESSION_WORDS[session].en}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField words={{ zh: "理由", en: "Reason" }} fault={faultAt("reason")} takesFocus>
        {(marks) => <textarea {...marks} name="reason" rows={2} maxLength={REASON_MAX} required />}
      </FormField>
      {refusal !== null && !FIELDS.includes(refusal.field ?? "") && <RefusedNote refusal={refusal} />}
      <button type="submit" class="button primary" disabled={busy}>
        <Bi zh="提出异议" en="Object" />
      </button>
    </form>
  );
}
