export { createBadgeDigest } from "./adapters/badge-digest.ts";
export { besideFile, TerminalConfig } from "./config.ts";
export type { PlateFace, PlateLine } from "./core/plate.ts";
export type { TerminalView } from "./core/view.ts";
export { FIRMWARE } from "./firmware.ts";
export type { ControllerLink, Heard, LinkListener, Said } from "./shell/controller-link.ts";
export type { Journal, JournalState } from "./shell/journal.ts";
export type { OnView } from "./shell/runtime.ts";
export { type RunningTerminal, type StartTerminalOptions, startTerminal } from "./terminal.ts";
