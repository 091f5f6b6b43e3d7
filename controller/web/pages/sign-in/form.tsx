import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Bi, type Words } from "../../design/design.ts";
import type { Reply } from "../kiosk/requests.ts";

const UNANSWERED: Words = { zh: "大厅没有回答，请再试一次", en: "The hall did not answer; try again" };

/** What the hall says is wrong, or that it says nothing. */
export const wrongIn = (reply: Exclude<Reply<unknown>, { kind: "ok" }>): Words =>
  reply.kind === "refused" ? reply.words : UNANSWERED;

interface FormProps {
  readonly title: Words;
  readonly note?: Words;
  readonly act: Words;
  /** What was wrong; null when nothing was. */
  readonly onSubmit: (form: FormData) => Promise<Words | null>;
  readonly children: ComponentChildren;
}

/** One question to the hall. The line of news has its place from the start, so nothing moves. */
export function Form({ title, note, act, onSubmit, children }: FormProps) {
  const [pending, setPending] = useState(false);
  const [wrong, setWrong] = useState<Words | null>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setWrong(null);
    setWrong(await onSubmit(new FormData(event.currentTarget as HTMLFormElement)));
    setPending(false);
  };
  return (
    <form class="door-form" onSubmit={(event) => void submit(event)}>
      <h1>
        <Bi {...title} />
      </h1>
      {note !== undefined && (
        <p class="quiet">
          <Bi {...note} />
        </p>
      )}
      {children}
      <p class={wrong === null ? "door-news" : "door-news note alarm"} role="alert">
        {wrong !== null && <Bi {...wrong} />}
      </p>
      <button type="submit" class="button primary big" disabled={pending}>
        <Bi {...act} />
      </button>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: Words;
  readonly complete: string;
  readonly secret?: boolean;
  readonly focus?: boolean;
}

const LENGTH_MAX = 128;

export function Field({ name, label, complete, secret = false, focus = false }: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  // Before it is painted: letters typed into a field that is seen and has no focus yet would be lost.
  useLayoutEffect(() => {
    if (focus) input.current?.focus();
  }, []);
  return (
    <label class="field">
      <span class="field-label">
        <Bi {...label} />
      </span>
      <input
        ref={input}
        name={name}
        type={secret ? "password" : "text"}
        autocomplete={complete}
        autocapitalize="none"
        spellcheck={false}
        maxLength={LENGTH_MAX}
        required
      />
    </label>
  );
}
