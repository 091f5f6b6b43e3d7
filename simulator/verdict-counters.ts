import { type AttendanceLedger, dayNumber, type SessionVerdict } from "../controller/index.ts";

/** What attendance should come to now and then, of the sessions that a world's hall has judged. */
const QUESTIONS: Readonly<Record<string, (verdict: SessionVerdict) => boolean>> = {
  "session attended": ({ state }) => state === "attended",
  "somebody was late": ({ late }) => late > 0,
  "somebody left early": ({ early }) => early > 0,
  "somebody was absent": ({ absence }) => absence > 0,
  "a tap in doubt needs review": ({ flags }) => flags.includes("needs-review"),
  "a doubt was in favour": ({ flags }) => flags.includes("favoured"),
  "a tap was moved when the clock was set": ({ taps }) => taps.some(({ guessedAt }) => guessedAt !== undefined),
  "a moved tap needs a person": ({ taps, flags }) =>
    flags.includes("needs-confirmation") && taps.some(({ guessedAt }) => guessedAt !== undefined),
  "session not settled": ({ state }) => state === "pending",
};

export const VERDICTS: readonly string[] = Object.keys(QUESTIONS);

const TODAY = dayNumber("2026-03-02") ?? 0;

/** Sessions of everybody, as the hall has them at the world's end; none where it keeps no attendance. */
export function countVerdicts(ledger: AttendanceLedger | null, atS: number): Readonly<Record<string, number>> {
  const people = ledger?.people() ?? [];
  const verdicts = people.flatMap((one) => ledger?.sessions(one, { from: TODAY, to: TODAY }, atS) ?? []);
  const counts = Object.entries(QUESTIONS).map(([what, asks]) => [what, verdicts.filter(asks).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
