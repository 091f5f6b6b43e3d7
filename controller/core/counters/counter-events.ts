import type { CounterId, EpochMs, Level, ServiceId, StaffId, TicketNumber, VisitId } from "../../../protocol/index.ts";
import type { MonoMark } from "../mono-mark.ts";
import type { ReasonId } from "../reasons.ts";

/** A window, the visits at it and what citizens thought of them. */
export interface CounterEvents {
  /** 延时服务 (HRS-17): the window goes on after its session's end. */
  "counter.extended": { readonly counterId: CounterId; readonly staffId: StaffId; readonly sinceMs: EpochMs };
  "counter.extension-ended": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly sinceMs: EpochMs;
    readonly untilMs: EpochMs;
    /** Whole minutes begun and finished: what the person's record counts. */
    readonly minutes: number;
  };

  /** Nobody pressed start in time: from here on the keys take the citizen to be at the window. */
  "visit.presumed": { readonly visitId: VisitId; readonly counterId: CounterId };
  /** `mark`: the press on the terminal's own clock; older builds did not keep it. */
  "visit.started": { readonly visitId: VisitId; readonly counterId: CounterId; readonly mark?: MonoMark };
  /** Staff and counter are frozen here: a rating counts for who served, whoever sits there when it arrives. */
  "visit.ended": {
    readonly visitId: VisitId;
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly number: TicketNumber;
    readonly serviceId: ServiceId;
    /** Of the leg's last part. */
    readonly startedAtMs: EpochMs;
    /** True when nobody pressed start: `startedAtMs` is the instant from which it was presumed. */
    readonly startPresumed: boolean;
    /** Start to end, the parts of an interrupted leg summed. */
    readonly servedMs: number;
  };

  "rating.given": {
    readonly visitId: VisitId;
    readonly level: Level;
    readonly counterId: CounterId;
    readonly staffId: StaffId;
  };
  /** Not rated is a state, never a score. */
  "rating.expired": {
    readonly visitId: VisitId;
    readonly counterId: CounterId;
    readonly how: "timeout" | "next-call" | "next-start";
  };

  "counter.armed": { readonly counterId: CounterId };
  "counter.disarmed": {
    readonly counterId: CounterId;
    readonly because: "key" | "link-lost" | "restart" | "timeout";
  };
  /** `untilMs`: when the clerk expects to be back, if they said so (QUE-07). */
  "counter.paused": {
    readonly counterId: CounterId;
    readonly reason: ReasonId;
    readonly untilMs: EpochMs | null;
  };
  "counter.pause-changed": {
    readonly counterId: CounterId;
    readonly reason: ReasonId;
    readonly untilMs: EpochMs | null;
  };
  "counter.resumed": { readonly counterId: CounterId };
  "counter.pause-planned": { readonly counterId: CounterId };
  "counter.pause-unplanned": { readonly counterId: CounterId };

  "assistance.requested": { readonly counterId: CounterId };
  "assistance.answered": { readonly counterId: CounterId; readonly how: "hall" | "inspector" };

  "device.faulted": { readonly counterId: CounterId; readonly device: string; readonly fault: string };
  "device.recovered": { readonly counterId: CounterId; readonly device: string; readonly fault: string };
}
