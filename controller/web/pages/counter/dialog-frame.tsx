import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Bi, type Words } from "../../design/design.ts";

interface DialogFrameProps {
  readonly title: Words;
  readonly confirm: Words;
  readonly pending: boolean;
  readonly refusal: Words | null;
  readonly onConfirm: (form: FormData) => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A native modal dialog: the browser keeps the focus inside, closes it on Esc, and gives the focus back. */
export function DialogFrame({ title, confirm, pending, refusal, onConfirm, onClose, children }: DialogFrameProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement) onConfirm(new FormData(event.currentTarget));
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="dialog-title">
          <Bi {...title} />
        </h2>
        {children}
        <p class={refusal === null ? "dialog-refusal" : "dialog-refusal note alarm"} role="alert">
          {refusal !== null && <Bi {...refusal} />}
        </p>
        <div class="buttons">
          <button type="submit" class="button primary" disabled={pending}>
            <Bi {...confirm} />
          </button>
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            <Bi zh="返回" en="Back" />
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface ChoicesProps {
  readonly legend: Words;
  readonly name: string;
  readonly options: readonly { readonly id: string; readonly text: Words }[];
  readonly chosen?: string;
  readonly onChoose?: (id: string) => void;
}

/** One of a few: all of them in sight. */
export function Choices({ legend, name, options, chosen, onChoose }: ChoicesProps) {
  return (
    <fieldset class="choices">
      <legend>
        <Bi {...legend} />
      </legend>
      {options.map(({ id, text }) => (
        <label key={id} class="choice">
          <input
            type="radio"
            name={name}
            value={id}
            required
            defaultChecked={id === chosen}
            onChange={() => onChoose?.(id)}
          />
          <span>
            <Bi {...text} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface SelectProps {
  readonly label: Words;
  readonly name: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  /** The word for none; without it one must be chosen. */
  readonly none?: string;
  readonly say: (words: Words) => string;
}

export function Select({ label, name, options, none, say }: SelectProps) {
  return (
    <label class="field">
      <span>
        <Bi {...label} />
      </span>
      <select name={name} required={none === undefined}>
        <option value="">{none ?? say({ zh: "请选择", en: "Please choose" })}</option>
        {options.map(({ id, text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
