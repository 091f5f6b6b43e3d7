import type { BadgeDigest, CounterId, EpochMs, StaffId, TerminalId } from "../../../protocol/index.ts";
import type { DeskKind } from "./roster-configuration.ts";

/** How a tap was taken by the window. It is recorded for attendance whatever the effect. */
export type BadgeEffect =
  | "sign-on"
  | "sign-off"
  | "sign-off-planned"
  | "asked-take-over"
  | "took-over"
  | "became-acting"
  | "patrol"
  | "maintenance-begun"
  | "maintenance-ended"
  | "asked-going-out"
  | "went-out"
  | "came-back"
  | "refused-unknown"
  | "refused-revoked"
  | "refused-untrained"
  | "refused-maintenance"
  | "refused-not-closed"
  | "refused-wrong-window"
  | "refused-window-taken"
  | "refused-elsewhere"
  | "refused-serving"
  | "refused-waiting"
  | "refused-closed"
  | "recorded-repeat"
  | "recorded-late";
export type QuestionAbout = "going-out" | "take-over";

/** Who is at which window, and every badge that was shown. */
export interface StaffEvents {
  "badge.recorded": {
    readonly counterId: CounterId;
    readonly badge: BadgeDigest;
    readonly staffId: StaffId | null;
    readonly effect: BadgeEffect;
    /** It speaks for a booked slot outside the hours (HRS-24), and for no session of the day. */
    readonly booked?: true;
  };

  /** `coverFor`: who is away and covered by it (代岗), null for somebody at a window of their own. */
  "staff.signed-on": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly coverFor: StaffId | null;
  };
  /** `by` has the window from here on; `covered` is off duty there. */
  "staff.took-over": {
    readonly counterId: CounterId;
    readonly by: StaffId;
    readonly covered: StaffId;
    readonly coverFor: StaffId | null;
  };
  /** Of two people at a shared window, this one serves from here on. */
  "staff.became-acting": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.signed-off": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.sign-off-planned": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.sign-off-deferred": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.went-out": { readonly counterId: CounterId; readonly staffId: StaffId };
  "staff.came-back": { readonly counterId: CounterId; readonly staffId: StaffId };

  /** Ended by itself. `outAtMs`: when somebody who left early went out, which is their *out*. */
  "duty.ended": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly by: "session-end" | "left-early";
    readonly outAtMs: EpochMs | null;
  };

  "question.asked": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly about: QuestionAbout;
    readonly untilMs: EpochMs;
  };
  "question.lapsed": { readonly counterId: CounterId };

  /** An inspector was at the window, and who was on duty there. */
  "patrol.recorded": {
    readonly counterId: CounterId;
    readonly staffId: StaffId;
    readonly onDuty: readonly StaffId[];
  };

  "maintenance.begun": { readonly counterId: CounterId; readonly staffId: StaffId };
  "maintenance.ended": { readonly counterId: CounterId; readonly how: "technician" | "timeout" };

  /** A badge at a terminal that is no window: at a desk, in a meeting room, or assigned to nothing. */
  "badge.noted": {
    readonly terminalId: TerminalId;
    readonly place: DeskKind | "unassigned";
    readonly badge: BadgeDigest;
    readonly staffId: StaffId | null;
  };
}
