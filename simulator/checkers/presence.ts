import { type HallEvent, readEvent } from "../../controller/index.ts";
import type { Evidence, Checker, Violation } from "./checker.ts";
import { livesOf, storedAt } from "./timeline.ts";

/** I9: a dead terminal is shown as lost within this; the controller looks every tick. Milliseconds. */
const LOST_WITHIN_MS = 15_000;
const SLACK_MS = 2_500;

/** I9, I10: no living terminal is shown as lost by an old will, a dead one is, and births only go forward. */
export const presence: Checker = {
  name: "presence",
  kind: "correctness",
  check: (evidence) => [
    ...oldWills(evidence),
    ...oldBirths(evidence),
    ...unheardSilences(evidence),
    ...unseenDeaths(evidence),
  ],
};

interface Sign {
  readonly atMs: number;
  readonly terminalId: string | null;
  readonly online: boolean;
}

type Lost = Extract<HallEvent, { type: "terminal.lost" }>;

function oldWills(evidence: Evidence): Violation[] {
  const timeOf = storedAt(evidence);
  const sessions = evidence.history.entries.filter(
    (entry) => entry.type === "session-opened" || entry.type === "session-closed",
  );
  const isOpen = ({ terminalId, stream, session }: Lost["data"], atMs: number): boolean =>
    sessions.findLast(
      (entry) =>
        entry.atMs <= atMs && entry.terminalId === terminalId && entry.stream === stream && entry.session === session,
    )?.type === "session-opened";
  const stopped = evidence.history.of("died").filter(({ cause }) => cause === "stopped");
  // Who stops says so in person, while its session still stands.
  const isStopped = ({ terminalId, stream, session }: Lost["data"], atMs: number): boolean => {
    const opened = sessions.find(
      (entry) => entry.terminalId === terminalId && entry.stream === stream && entry.session === session,
    );
    const since = opened?.atMs ?? Number.POSITIVE_INFINITY;
    return stopped.some((death) => death.node === terminalId && death.atMs >= since && death.atMs <= atMs);
  };
  return evidence.events
    .filter((event): event is Lost => event.type === "terminal.lost" && event.data.sign === "will")
    .filter(({ data, seq }) => isOpen(data, timeOf(seq)) && !isStopped(data, timeOf(seq)))
    .map(({ seq, data }) => ({
      invariant: "I9",
      detail: `seq ${seq}: ${data.terminalId} is lost by a will, and is there`,
    }));
}

function oldBirths({ events, history }: Evidence): Violation[] {
  const latest = new Map<string, number>();
  const isOutside = history.entries.some(({ type }) => type === "controller-linked");
  const violations: Violation[] = [];
  const afresh = new Set<string>();
  for (const event of events) {
    // Behind a broker outside, sessions outlive a controller, and are told to the next one again.
    if (event.type === "controller.started") for (const key of latest.keys()) afresh.add(key);
    if (event.type !== "terminal.born") continue;
    const { terminalId, stream, session } = event.data;
    const key = `${terminalId}/${stream}`;
    const isAgain = isOutside && afresh.delete(key) && session === latest.get(key);
    if (session <= (latest.get(key) ?? 0) && !isAgain) {
      violations.push({ invariant: "I10", detail: `seq ${event.seq}: session ${session} of ${key} again` });
    }
    latest.set(key, session);
  }
  return violations;
}

/** A terminal's silence counts from the moment at which the controller could hear it. Milliseconds, with some slack. */
const SILENCE_MS = 10_000;

/** I9: nobody is lost by a silence in which the controller itself was cut off from the broker. */
function unheardSilences(evidence: Evidence): Violation[] {
  const timeOf = storedAt(evidence);
  const deaf = unlinkedTimes(evidence.history);
  if (deaf.length === 0) return [];
  return evidence.events
    .filter((event): event is Lost => event.type === "terminal.lost" && event.data.sign === "silence")
    .filter(({ seq }) => deaf.some(([from, to]) => timeOf(seq) > from && timeOf(seq) < to + SILENCE_MS))
    .map(({ seq, data }) => ({
      invariant: "I9",
      detail: `seq ${seq}: ${data.terminalId} is lost by a silence that nobody could hear`,
    }));
}

/** What was written of anybody's presence, in its order: also what a restore has thrown away since. */
function signsIn(evidence: Evidence): Sign[] {
  const { events, final } = evidence;
  const lives = [
    ...final.forgotten.map(({ atMs, records }) => [records.map(readEvent), atMs] as const),
    [events] as const,
  ];
  const signs = lives.flatMap(([written, untilMs]) => {
    const timeOf = storedAt(evidence, untilMs);
    return written.flatMap((event): Sign[] => {
      const { type } = event;
      if (type === "controller.started") return [{ atMs: timeOf(event.seq), terminalId: null, online: false }];
      if (type !== "terminal.born" && type !== "terminal.lost") return [];
      return [{ atMs: timeOf(event.seq), terminalId: event.data.terminalId, online: type === "terminal.born" }];
    });
  });
  return signs.sort((a, b) => a.atMs - b.atMs);
}

/** While controller and disk are well, nobody is shown as present for long after the end. */
function unseenDeaths(evidence: Evidence): Violation[] {
  const { history, plan } = evidence;
  const within = LOST_WITHIN_MS + 2 * plan.tickMs + SLACK_MS;
  const well = wellTimes(evidence);
  const signs = signsIn(evidence);
  const violations: Violation[] = [];
  for (const { terminalId } of plan.counters) {
    const lives = livesOf(history, terminalId);
    for (const [at, life] of lives.entries()) {
      const until = life.to + within;
      const next = lives[at + 1]?.from ?? Number.POSITIVE_INFINITY;
      if (next <= until || !well(life.to, until)) continue;
      const last = signs.findLast((sign) => sign.atMs <= until && (sign.terminalId ?? terminalId) === terminalId);
      if (last?.online !== true) continue;
      violations.push({
        invariant: "I9",
        detail: `${terminalId} died and was still shown as present ${within} ms later`,
      });
    }
  }
  return violations;
}

/** Behind a broker outside: from a start, or from the broker's end, until the controller is heard over it again. */
function unlinkedTimes(history: Evidence["history"]): (readonly [number, number])[] {
  const times: [number, number][] = [];
  const linked = history.of("controller-linked");
  if (linked.length === 0) return times;
  for (const entry of history.entries) {
    const begins = entry.type === "broker-gone" || (entry.type === "started" && entry.node === "controller");
    if (!begins) continue;
    const over = linked.find(({ atMs }) => atMs > entry.atMs)?.atMs ?? Number.POSITIVE_INFINITY;
    times.push([entry.atMs, over]);
  }
  return times;
}

/** Its disk may be bad for up to a minute after such a fault. */
const DISK_MS = 60_000;

function wellTimes({ history }: Evidence): (from: number, to: number) => boolean {
  const lives = livesOf(history, "controller");
  const ill = [
    ...history
      .of("stood-still")
      .filter(({ node }) => node === "controller")
      .map(({ atMs, forMs }) => [atMs, atMs + forMs] as const),
    ...history
      .of("fault")
      .filter(({ family }) => family === "diskFault")
      .map(({ atMs }) => [atMs, atMs + DISK_MS] as const),
    ...unlinkedTimes(history),
  ];
  const end = history.entries.at(-1)?.atMs ?? 0;
  return (from, to) =>
    to < end &&
    lives.some((life) => life.from <= from && life.to >= to) &&
    !ill.some(([begun, over]) => begun < to && over > from);
}
