import type { Health } from "../../../protocol/index.ts";
import type { MetricSources, TerminalReading } from "./metric-sources.ts";
import type { Reading, Sample } from "./readings.ts";

/** Terminals that have lines of their own: more than a hall has, fewer than a scraper minds. */
export const TERMINALS_SHOWN_MAX = 512;

type Told = NonNullable<TerminalReading["health"]>;
type Count = keyof Health["counters"];

const COUNTS: readonly (readonly [name: string, count: Count, help: string])[] = [
  ["reconnects", "reconnects", "How often did the terminal lose its connection since it booted?"],
  ["resends", "resends", "How often did the terminal send inputs again?"],
  ["messages_refused", "messagesRefused", "How many messages could the terminal not read?"],
  ["key_presses", "keyPresses", "How often were its keys pressed?"],
  ["keys_refused", "keysRefused", "How many presses did the terminal refuse on the spot?"],
  ["keys_stuck", "keysStuck", "How often was a key found stuck?"],
  ["keys_chattering", "keysChattering", "How often did a contact chatter?"],
  ["badges", "badges", "How many badges were presented?"],
  ["badge_frames_bad", "badgeFramesBad", "How many frames of the badge reader were damaged?"],
  ["ratings", "ratings", "How many ratings were given?"],
];

/** One line for each terminal. What a terminal says of itself is as old as its last health message, at most 10 s. */
export function terminalReadings({ terminals }: MetricSources): Reading[] {
  const gauge = (name: string, help: string, read: (terminal: TerminalReading) => number | null): Reading => ({
    kind: "gauge",
    name: `hallward_terminal_${name}`,
    help,
    labels: ["terminal"],
    read: () => samples(terminals(), read),
  });
  const told = (name: string, help: string, read: (health: Told) => number | null): Reading =>
    gauge(name, help, ({ health }) => (health === null ? null : read(health)));
  return [
    gauge("online", "Is the terminal there? 1 or 0.", ({ online }) => Number(online)),
    gauge("silence_seconds", "How long has nothing been heard of it?", ({ heardAgoMs }) =>
      heardAgoMs === null ? null : heardAgoMs / 1000,
    ),
    gauge("faces_behind", "How many faces was it sent that it does not show yet?", ({ face: { sent, shown } }) =>
      shown === null ? null : Math.max(0, sent - shown),
    ),
    {
      kind: "gauge",
      name: "hallward_terminal_device_fault",
      help: "Which of its devices ails, and what? 1 while it does.",
      labels: ["terminal", "device", "fault"],
      read: () => faultSamples(terminals()),
    },
    told("journal_depth", "How many inputs in its journal are not acknowledged?", ({ head, done }) =>
      Math.max(0, head - done),
    ),
    told("clock_offset_seconds", "How far is its wall clock ahead of hall time?", ({ clockOffsetMs }) =>
      clockOffsetMs === null ? null : clockOffsetMs / 1000,
    ),
    told("uptime_seconds", "How long has it been running?", ({ uptimeMs }) => uptimeMs / 1000),
    told("memory_bytes", "How much memory does it hold?", ({ memoryBytes }) => memoryBytes),
    ...COUNTS.map(
      ([name, count, help]): Reading => ({
        ...told(`${name}_total`, help, ({ counters }) => counters[count]),
        kind: "counter",
      }),
    ),
  ];
}

function* faultSamples(terminals: Iterable<TerminalReading>): Iterable<Sample> {
  let room = TERMINALS_SHOWN_MAX;
  for (const { terminal, faults } of terminals) {
    for (const { device, fault } of faults) {
      if (room === 0) return;
      room -= 1;
      yield [{ terminal, device, fault }, 1];
    }
  }
}

function* samples(
  terminals: Iterable<TerminalReading>,
  read: (terminal: TerminalReading) => number | null,
): Iterable<Sample> {
  let room = TERMINALS_SHOWN_MAX;
  for (const reading of terminals) {
    if (room === 0) return;
    room -= 1;
    const value = read(reading);
    if (value !== null) yield [{ terminal: reading.terminal }, value];
  }
}
