import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Bi, type Words } from "../../design/design.ts";
import { RuleIds } from "./rule-ids.tsx";
import type { Refused } from "./use-sending.ts";

/** What an input needs so that its fault is read out with it. */
export interface FieldMarks {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string;
}

interface FormFieldProps {
  readonly words: Words;
  readonly optional?: boolean;
  /** What to mind when filling it in. */
  readonly hint?: Words | undefined;
  /** Why the hall did not take what stands here. */
  readonly fault: Refused | null;
  /** Whether the keyboard goes to a fault: after sending, and never while somebody types. */
  readonly takesFocus: boolean;
  readonly shape?: "wide" | "yes" | undefined;
  readonly children: (marks: FieldMarks) => ComponentChildren;
}

const TAKES_KEYS = 'input:not([type="hidden"]), select, textarea';

/** A label, its input, and below it what is wrong with it. */
export function FormField({ words, optional, hint, fault, takesFocus, shape, children }: FormFieldProps) {
  const id = useId();
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (fault !== null && takesFocus) field.current?.querySelector<HTMLElement>(TAKES_KEYS)?.focus();
  }, [fault, takesFocus]);
  return (
    <div ref={field} class={shape === undefined ? "field" : `field ${shape}`}>
      <label class="field-label" for={id}>
        <Bi {...words} />
        {optional === true && (
          <span class="optional">
            {" "}
            <Bi zh="选填" en="optional" />
          </span>
        )}
      </label>
      {children({ id, "aria-invalid": fault !== null, "aria-describedby": `${id}-said` })}
      <p id={`${id}-said`} class={fault === null ? "field-hint" : "field-fault"}>
        {fault === null
          ? hint !== undefined && <Bi {...hint} />
          : [<Bi key="words" {...fault.words} />, " ", <RuleIds key="rules" rules={fault.rules ?? []} />]}
      </p>
    </div>
  );
}
