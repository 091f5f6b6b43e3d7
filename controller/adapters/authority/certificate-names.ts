import type { HallId, TerminalId } from "../../../protocol/index.ts";

/** The terminal's name in its certificate, beside the common name: hall and terminal together. */
export const terminalUri = (hall: HallId, terminal: TerminalId): string => `urn:hallward:${hall}:${terminal}`;
