import type { WantedAccount } from "./access/make-account.ts";
import type { ControllerOptions, RunningController } from "./controller.ts";
import type { PageBundle, PageSources } from "./web/bundle-page.ts";

export { createEnrolmentTicket } from "./adapters/authority/authority.ts";
export { openBadgeKey } from "./adapters/authority/badge-key.ts";
export { completedHall, hallNotes } from "./adapters/policies/hall-policy.ts";
export { noteLine } from "./core/policy/ignored-settings.ts";
export { ControllerConfiguration } from "./config.ts";
export type { ControllerOptions, RunningController } from "./controller.ts";
export { assembleHallEngine, type EngineParts, type HallEngine } from "./assembled-engine.ts";
export { Actor } from "./core/access/actor.ts";
export { deriveDay } from "./core/attendance/derive-day.ts";
export type { Direction, Tap } from "./core/attendance/facts.ts";
export {
  dateOf,
  type DayNumber,
  dayNumber,
  type HallSeconds,
  hallSecondsAt,
  momentOf,
} from "./core/attendance/hall-time.ts";
export type { SessionVerdict } from "./core/attendance/verdict.ts";
export { instantOf, type Regulation, regulationOf, slotsOn } from "./core/office/regulation.ts";
export { breachesIn } from "./core/check-hall.ts";
export type { Command, Order } from "./core/commands.ts";
export { HallConfiguration } from "./core/configuration.ts";
export { DaySealing } from "./day-sealing.ts";
export type { EventType, HallEvent } from "./core/events.ts";
export { evolve } from "./core/hall.ts";
export { freezeHall } from "./core/snapshot.ts";
export { emptyHall, type HallState, type HallView } from "./core/state.ts";
export type { Decide } from "./engine/batch.ts";
export { digestOf, GENESIS, verifyChain } from "./engine/chain.ts";
export type { Engine, Outcome } from "./engine/engine.ts";
export { MemoryDisk, openMemoryEventStore } from "./engine/memory-event-store.ts";
export type { Append, EventStore, LogRecord, LogSeal } from "./engine/ports.ts";
export { readEvent } from "./engine/upcast.ts";
export type { MessageListener } from "./adapters/broker/broker.ts";
export { actAtDesk } from "./desks/clerk-desk.ts";
export type { ClerkAction } from "./core/desk/clerk-action.ts";
export type { DeskPicture } from "./projections/desk-picture.ts";
export { deskOf } from "./projections/desk-view.ts";
export { AttendanceLedger } from "./projections/attendance/attendance-ledger.ts";
export type { DeskRefusal, IssuedTicket, TicketRequest } from "./adapters/http/hall-desk.ts";
export { type HallBus, type HallPace, HallProgram, type HallProgramParts } from "./hall-program.ts";
export { EXIT_CODES, exitCodeOf, lineOf } from "./exit-codes.ts";
export { AttendanceKeeper, type KeeperParts } from "./office/attendance-keeper.ts";
export { takeTicket } from "./desks/ticket-desk.ts";

/** The log of the hall in `directory` and the keys it is signed with. Loaded when it is called: SQLite is native. */
export async function openHallLog(directory: string) {
  const { openEventStore } = await import("./adapters/store/sqlite-event-store.ts");
  const { openDaySigner, openLogSeal } = await import("./adapters/authority/log-seal.ts");
  return { store: openEventStore(directory), seal: openLogSeal(directory), signer: openDaySigner(directory) };
}

/** See `web/bundle-page.ts`, which is loaded when it is called. */
export async function bundlePage(sources: PageSources): Promise<PageBundle> {
  return (await import("./web/bundle-page.ts")).bundlePage(sources);
}

/** See `access/make-account.ts`. Loaded when it is called: only whoever makes an account needs it. */
export async function makeAccount(directory: string, wanted: WantedAccount, password: string): Promise<boolean> {
  return (await import("./access/make-account.ts")).makeAccount(directory, wanted, password);
}

/** See `controller.ts`. Loaded when it is called: whoever only reads a configuration needs no broker for it. */
export async function startController(options: ControllerOptions): Promise<RunningController> {
  return (await import("./controller.ts")).startController(options);
}
