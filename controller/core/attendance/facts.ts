import type { SessionName } from "../policy/policy.ts";
import type { DayNumber, HallSeconds } from "./hall-time.ts";

export const DIRECTIONS = ["in", "out", "leave-post", "return"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** One presentation of a badge, or an approved correction that adds one. Never changed, never dropped. */
export interface Tap {
  readonly person: string;
  readonly at: HallSeconds;
  /** The interval in which it can have happened: `at` and how wrong the clock may have been. */
  readonly earliest: HallSeconds;
  readonly latest: HallSeconds;
  readonly direction: Direction | null;
  readonly terminal: string;
  readonly role: "desk" | "counter" | null;
  readonly badge: "valid" | "revoked";
  readonly source: "badge" | "correction";
  /** Where it stood until the clock, which nobody had set then, was set. */
  readonly guessedAt?: HallSeconds;
}

export const LEAVE_KINDS = [
  "oral",
  "personal",
  "sick",
  "annual",
  "marriage",
  "maternity",
  "home-visit",
  "bereavement",
  "work-injury",
  "business",
  "training",
] as const;
export type LeaveKind = (typeof LEAVE_KINDS)[number];

export interface Leave {
  readonly person: string;
  readonly from: HallSeconds;
  readonly to: HallSeconds;
  readonly kind: LeaveKind;
  readonly state: "requested" | "approved" | "rejected";
  readonly requestedAt: HallSeconds | null;
  /** Allowed after the fact, with a reason on file (ATT-52). */
  readonly special: boolean;
  readonly certificate: string | null;
  readonly substitute: string | null;
  /** A permit to leave the post for a while: where the text asks for it, only with somebody standing in (ATT-61). */
  readonly leavesPost?: true;
  /** When the return was reported (销假). */
  readonly returnedAt: HallSeconds | null;
}

/** What a person decided after looking into it. Only this changes a verdict, never a suspicion. */
export interface Finding {
  /** "error": shirking or a mistake (HRS-25). It changes no verdict, it climbs ladders. */
  readonly kind: "proxy" | "left-post" | "error";
  readonly day: DayNumber;
  readonly session: SessionName;
  readonly persons: readonly string[];
  readonly voids: readonly { readonly person: string; readonly at: HallSeconds }[];
}

export interface Shift {
  readonly fromS: number;
  readonly toS: number;
}

export interface Person {
  readonly id: string;
  /** Posted here from and until these days, both included. */
  readonly from: DayNumber | null;
  readonly until: DayNumber | null;
}

/** Everything the verdicts are a function of, besides policy and calendar. The order of no list matters. */
export interface AttendanceFacts {
  readonly people: readonly Person[];
  readonly range: { readonly from: DayNumber; readonly to: DayNumber };
  /** Nothing later is judged. */
  readonly asOf: HallSeconds;
  /** Every terminal has reported up to here, with an empty journal, or is accounted for by a named person. */
  readonly reportedUntil: HallSeconds;
  /** Before it nobody could tap: there was no hall yet. */
  readonly inUseSince?: HallSeconds;
  readonly taps: readonly Tap[];
  readonly leave: readonly Leave[];
  readonly lunchDuty: readonly { readonly person: string; readonly day: DayNumber }[];
  readonly findings: readonly Finding[];
  /** A day's own shifts for a person; none at all is a rest day. */
  readonly roster: readonly { readonly person: string; readonly day: DayNumber; readonly shifts: readonly Shift[] }[];
  readonly warnings: readonly { readonly person: string; readonly day: DayNumber }[];
}

/** How a tap is named in verdicts and cases. */
export const tapKey = ({ person, terminal, direction }: Tap, moment: string): string =>
  `${person} ${moment} ${direction ?? "-"}${terminal === "" ? "" : ` ${terminal}`}`;

/** Sorts taps by time; equal moments by what is left, so that no order of arrival shows. */
export function byTime(a: Tap, b: Tap): number {
  if (a.at !== b.at) return a.at - b.at;
  const [first, second] = [orderKey(a), orderKey(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

export const isSameTap = (a: Tap, b: Tap): boolean => a.at === b.at && orderKey(a) === orderKey(b);

/** Within one second: a badge is asked what it means before it means anything, and nobody comes back before going. */
const WITHIN_A_SECOND: Readonly<Record<Direction, number>> = { in: 1, "leave-post": 2, return: 3, out: 4 };

const orderKey = (tap: Tap): string =>
  [
    tap.person,
    tap.direction === null ? 0 : WITHIN_A_SECOND[tap.direction],
    tap.terminal,
    tap.role,
    tap.badge,
    tap.source,
    tap.earliest,
    tap.latest,
    tap.guessedAt,
  ].join("|");
