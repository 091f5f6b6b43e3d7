import { expect } from "vitest";
import { OUTBOUND_BYTES_MAX } from "../../../controller/adapters/broker/broker-limits.ts";
import type { RefusalCode, RefusalPicture } from "../../../controller/terminals/refusal-book.ts";
import { PACKET_BYTES_MAX, type TerminalId } from "../../../protocol/index.ts";
import { type BesiegedHall, passed } from "./besieged-hall.ts";

/** Everything that may wait in the controller's memory: one full outbox, a packet each way, and the hall's own. */
const BUFFERED_MAX = OUTBOUND_BYTES_MAX + 16 * PACKET_BYTES_MAX;
/** What a whole attack may leave behind, garbage that is not collected yet included: less than one claimed packet. */
const RESIDENT_GROWTH_MAX = 128 * 1024 * 1024;

/**
 * Resolves with the line that the hall page shows, once `code` was counted `times` for this peer: a terminal's name, or
 * an address. The metric has it too.
 */
export async function refused(
  hall: BesiegedHall,
  code: RefusalCode,
  peer: TerminalId | string = "127.0.0.1",
  times = 1,
): Promise<RefusalPicture> {
  for (;;) {
    const lines = await hall.refusals();
    const line = lines.find((each) => each.code === code && (each.terminal ?? each.address) === peer);
    if (line !== undefined && line.count >= times) {
      expect(line.lastMs).toBeGreaterThan(0);
      expect(await hall.metric(`hallward_messages_refused_total{code="${code}"}`)).toBeGreaterThanOrEqual(times);
      return line;
    }
    await passed(20);
  }
}

/** Why this terminal was refused something, each code once. */
export async function refusalsOf(hall: BesiegedHall, terminal: TerminalId): Promise<string[]> {
  const lines = await hall.refusals();
  return lines.filter((each) => each.terminal === terminal).map(({ code }) => code);
}

/** Lets an attack run, and holds the hall to what it owes everybody else. */
export async function withstand(hall: BesiegedHall, title: string, attack: () => Promise<void>): Promise<void> {
  await hall.metric("nodejs_eventloop_lag_max_seconds"); // Counts anew from here.
  await hall.bystanders();
  await attack();
  await outlived(hall, title);
}

/**
 * Since the bystanders were asked last, each press was answered and nobody was cut off; memory stayed bounded. The
 * figures are printed, not judged: three processes share a machine that does other things.
 */
export async function outlived(hall: BesiegedHall, title: string): Promise<void> {
  const { calm } = hall;
  const under = await hall.bystanders();
  const figures = `p99 ${calm.p99Ms.toFixed(1)} -> ${under.p99Ms.toFixed(1)} ms (max ${under.maxMs.toFixed(1)})`;
  const loopMs = (await hall.metric("nodejs_eventloop_lag_max_seconds")) * 1_000;
  const grown = (await hall.metric("process_resident_memory_bytes")) - calm.residentBytes;
  const memory = `controller's loop ${loopMs.toFixed(0)} ms at worst, ${(grown / 1024 / 1024).toFixed(1)} MiB more`;
  process.stdout.write(`hostile: ${title}: ${figures} of ${under.answered} presses, ${memory}\n`);
  await served(hall);
  expect(grown).toBeLessThan(RESIDENT_GROWTH_MAX);
  expect(await hall.metric("hallward_broker_buffered_bytes")).toBeLessThan(BUFFERED_MAX);
  expect(await hall.metric("hallward_broker_outbound_peak_bytes")).toBeLessThan(BUFFERED_MAX);
}

/** Those who do no harm go on: whatever they press is answered, in order, and none of them was ever cut off. */
async function served(hall: BesiegedHall): Promise<void> {
  for (let answered = 0; answered < 6; answered += (await hall.bystanders()).answered) await passed(20);
  const { cut, unanswered } = await hall.bystanders();
  expect(unanswered).toBeLessThanOrEqual(hall.bystandersCount); // The press that is under way, of each.
  expect(cut).toBe(0);
}
