import type { AttendanceSheet } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, usePerson } from "../../design/design.ts";
import { mayTakeSteps, StepLine } from "../office/step-line.tsx";

interface SheetStepsProps {
  readonly sheet: AttendanceSheet;
  readonly unit: string;
  readonly link: string;
}

/** Rungs of the ladder that were reached in these days: what is due before what is done. */
export function SheetSteps({ sheet: { steps, rows }, unit, link }: SheetStepsProps) {
  const person = usePerson(link);
  const people = new Map(rows.map((row) => [row.person.person, row.person]));
  const shown = steps.filter((step) => unit === "" || people.get(step.person)?.unit === unit);
  if (shown.length === 0) return null;
  return (
    <section class="sheet-steps" aria-labelledby="steps">
      <h2 id="steps">
        <Bi zh="处理措施" en="Steps" />
      </h2>
      {shown
        .toSorted((a, b) => Number(a.taken !== null) - Number(b.taken !== null))
        .map((step) => (
          <StepLine
            key={`${step.person} ${step.on} ${step.action}`}
            step={step}
            name={people.get(step.person)?.name ?? step.person}
            mayTake={mayTakeSteps(person)}
          />
        ))}
    </section>
  );
}
