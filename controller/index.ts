import type { ControllerOptions, RunningController } from "./controller.ts";

export { createEnrolmentTicket } from "./adapters/authority/authority.ts";
export { openBadgeKey } from "./adapters/authority/badge-key.ts";
export { ControllerConfiguration } from "./config.ts";
export type { ControllerOptions, RunningController } from "./controller.ts";
export { EXIT_CODES, exitCodeOf, lineOf } from "./exit-codes.ts";

/** See `controller.ts`. Loaded when it is called: whoever only reads a configuration needs no broker for it. */
export async function startController(options: ControllerOptions): Promise<RunningController> {
  return (await import("./controller.ts")).startController(options);
}
