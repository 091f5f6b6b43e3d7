import type { AttendanceSheet } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, type Person } from "../../design/design.ts";
import { actionWords } from "./action-words.ts";
import { RuleIds } from "./rule-ids.tsx";

type Step = AttendanceSheet["steps"][number];

/** Whether somebody may file that a step was taken: the hall asks the same. */
export const mayTakeSteps = (person: Person | null): boolean =>
  person?.roles.some((role) => role === "manager" || role === "office") ?? false;

interface StepLineProps {
  readonly step: Step;
  /** Whose it is, where the page is not about them alone. */
  readonly name?: string;
  readonly mayTake: boolean;
}

/** A rung of the ladder: when it was reached, what is to be done, and whether it was. */
export function StepLine({ step: { person, on, action, rule, taken }, name, mayTake }: StepLineProps) {
  const isStep = action !== "alert"; // Else nothing is to be done: the rung asks for a warning before.
  return (
    <p class={taken === null ? "note alarm" : "note"}>
      {name !== undefined && <strong>{name} </strong>}
      {on} <Bi {...actionWords(action)} />{" "}
      {isStep && (
        <span class={taken === null ? "chip alarm" : "chip good"}>
          {taken === null ? <Bi zh="待办" en="due" /> : <Bi zh="已办" en="done" />}
        </span>
      )}{" "}
      <RuleIds rules={[rule]} />{" "}
      {isStep && taken === null && mayTake && (
        <a href={`/leave?${new URLSearchParams({ file: "step", person, action, on })}`}>
          <Bi zh="登记办理" en="Put on file" />
        </a>
      )}
    </p>
  );
}
