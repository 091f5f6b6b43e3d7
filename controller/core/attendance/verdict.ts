import type { SessionName } from "../policy/policy.ts";
import type { StepAction } from "../policy/profile.ts";
import type { DayNumber, HallSeconds } from "./hall-time.ts";
import type { LeaveKind, Tap } from "./facts.ts";

export type SessionState = "attended" | "absent" | "leave" | "business" | "training" | "rest" | "not-due" | "pending";

export type Flag =
  | "slight-late"
  | "outing-unpermitted"
  | "overstayed-leave"
  | "not-ready"
  | "out-of-hours"
  | "direction-mismatch"
  | "void"
  | "needs-review"
  | "needs-confirmation"
  | "unreturned-leave"
  | "not-in-use"
  | "favoured";

/** What one session of one person comes to, and by which rules and taps. Times are the taps' own. */
export interface SessionVerdict {
  readonly person: string;
  readonly day: DayNumber;
  readonly session: SessionName;
  readonly state: SessionState;
  readonly in: HallSeconds | null;
  readonly out: HallSeconds | null;
  readonly inferred: readonly ("in" | "out")[];
  readonly lateS: number;
  readonly earlyS: number;
  readonly late: number;
  readonly early: number;
  /** In half days. */
  readonly absence: number;
  /** Times somebody was here without having signed in (缺签, ATT-32). */
  readonly missedIn: number;
  /** Taken off, where the regulation counts in points. */
  readonly points: number;
  readonly leaveKind: LeaveKind | null;
  readonly flags: readonly Flag[];
  readonly rules: readonly string[];
  readonly taps: readonly Tap[];
  /** The session in half days: one, or two where the day has one session. */
  readonly halfDays: number;
  /** Times somebody left the post without leave, and breaches of the rules of leave: for the ladders. */
  readonly leftPost: number;
  readonly leaveBreach: number;
}

export interface Conversion {
  readonly period: string;
  readonly events: number;
  readonly days: number;
}

/** What a regulation takes money for (ATT-32). */
export interface Fines {
  readonly missedSignIns: number;
  readonly absenceDays: number;
  /** Null (未设定): the amount of something that happened is blank in the text, and the hall has set none. */
  readonly yuan: number | null;
}

export interface Totals {
  readonly person: string;
  readonly sessionsDue: number;
  readonly sessionsAttended: number;
  readonly late: number;
  readonly early: number;
  /** In half days, without what conversion adds. */
  readonly absence: number;
  readonly conversions: readonly Conversion[];
  /** In days, with what conversion adds. */
  readonly absenceDays: number;
  readonly points: number;
  /** Only where the regulation knows fines. */
  readonly fines?: Fines;
  readonly leave: Readonly<Partial<Record<LeaveKind, number>>>;
}

export interface Step {
  readonly person: string;
  readonly on: DayNumber;
  readonly action: StepAction | "alert";
  readonly rule: string;
}

export type CaseKind = "suspected-proxy" | "revoked-badge" | "tap-during-leave" | "no-activity";

/** A suspicion. Nothing follows from it until a person has decided (ATT-75). */
export interface AttendanceCase {
  readonly kind: CaseKind;
  readonly persons: readonly string[];
  readonly taps: readonly Tap[];
}
