import type { HallId, TerminalId } from "../../../protocol/index.ts";

/** The terminal's name in its certificate, beside the common name: hall and terminal together. */
export const terminalUri = (hall: HallId, terminal: TerminalId): string => `urn:hallward:${hall}:${terminal}`;

/** The controller's name as a client of a broker. No terminal's id has a dot in it: none can ever be taken for it. */
export const controllerName = (hall: HallId): string => `controller.${hall}`;
