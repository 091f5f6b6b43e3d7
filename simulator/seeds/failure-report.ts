import type { Entry } from "../history.ts";
import type { SeedOutcome, SeedPlay } from "./seed-play.ts";
import type { Shrunk } from "./shrink.ts";

const HAPPENINGS_SHOWN = 20;
const VIOLATIONS_SHOWN = 5;

/** What somebody needs to look into a failed seed: what broke, with what, what happened last, how to see it again. */
export function failureReport(failed: SeedOutcome, play: SeedPlay, shrunk: Shrunk, commit: string): string[] {
  const { seed, verdict, violations, faults, logHash } = failed;
  const { outcome } = shrunk;
  const more = violations.length - VIOLATIONS_SHOWN;
  return [
    `seed ${seed} FAILED: ${verdict}`,
    ...violations.slice(0, VIOLATIONS_SHOWN).map(({ invariant, detail }) => `  ${invariant}: ${detail}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `  commit  ${commit}`,
    `  log     ${logHash}`,
    `  faults  ${faults}`,
    `  played  ${replayLine(seed, play)}`,
    `  least   ${replayLine(seed, shrunk.play)}  (${shrunk.tries} tries; faults: ${outcome.faults})`,
    `  last happenings${nodesIn(outcome).length > 0 ? ` at ${nodesIn(outcome).join(", ")}` : ""}:`,
    ...lastHappenings(outcome).map((entry) => `    ${happeningLine(entry)}`),
    `  again   ${replayLine(seed, shrunk.play)} --trace`,
  ];
}

/** The command that plays it again, bit for bit. */
export function replayLine(seed: number, { counters, minutes, faults, attendance = "none", canary }: SeedPlay): string {
  const words = ["node hallward.ts sim", `--seeds ${seed}`];
  if (counters !== undefined) words.push(`--counters ${counters}`);
  if (minutes !== undefined) words.push(`--minutes ${minutes}`);
  if (faults !== "swarm") words.push(`--faults=${typeof faults === "string" ? faults : faults.join(",")}`);
  if (attendance !== "drawn") words.push(`--attendance ${attendance}`);
  if (canary) words.push("--canary");
  return words.join(" ");
}

/** One line, the instant first: `08:12:03.123 tap-presented terminalId=t01 green=true`. UTC. */
export function happeningLine({ atMs, type, ...rest }: Entry): string {
  const at = new Date(atMs).toISOString().slice(11, 23);
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${plain(value)}`);
  return [at, type, ...fields].join(" ");
}

const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The terminals that what broke is about; none named means all. */
const nodesIn = ({ violations }: SeedOutcome): string[] => [
  ...new Set(violations.flatMap(({ detail }) => detail.match(/\bt\d{2}\b/gu) ?? [])),
];

function lastHappenings(outcome: SeedOutcome): readonly Entry[] {
  const nodes = nodesIn(outcome);
  const about = (entry: Entry): boolean => {
    if (nodes.length === 0) return true;
    if ("terminalId" in entry) return nodes.includes(entry.terminalId);
    return !("node" in entry) || entry.node === null || entry.node === "controller" || nodes.includes(entry.node);
  };
  return outcome.trace.filter(about).slice(-HAPPENINGS_SHOWN);
}
