import { type StandingFault, TerminalState } from "../../../protocol/index.ts";

/** A terminal's state message, as birth or will. */
export const stateText = (status: "online" | "lost", session = 1, faults: readonly StandingFault[] = []): string =>
  JSON.stringify(
    TerminalState.parse({
      v: 1,
      status,
      stream: "00000000-0000-4000-8000-000000000001",
      session,
      boot: 1,
      firmware: "0.1.0",
      role: "counter",
      devices: [],
      faults,
      tail: 1,
      head: 0,
      done: 0,
      epochSeen: 0,
    }),
  );
