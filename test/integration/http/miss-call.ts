import { expect } from "vitest";
import { badge } from "../../support/test-hall.ts";
import type { RunningHall } from "../controller/running-hall.ts";
import type { WireTerminal } from "../controller/wire-terminal.ts";

/** Window 1 with its clerk on duty. */
export async function windowOpen(hall: RunningHall): Promise<WireTerminal> {
  const terminal = await hall.terminal(1);
  await terminal.untilPhase("closed");
  await terminal.input("badge-presented", { badge: badge(1) });
  await terminal.untilPhase("idle");
  return terminal;
}

/** Calls the next ticket, whose holder does not come. The hall must not make it wait for a no-show. */
export async function missCall(terminal: WireTerminal): Promise<void> {
  await terminal.input("call-next");
  const { visitId } = (await terminal.untilPhase("called")).visit ?? {};
  const missed = async () => {
    await terminal.input("no-show", { visitId: String(visitId) }); // Refused until the call has been announced.
    return terminal.faces.at(-1)?.phase;
  };
  await expect.poll(missed, { timeout: 30_000, interval: 100 }).not.toBe("called");
}
