import type { BadgeDigest, StaffId } from "../../../protocol/index.ts";
import type { Direction, Tap } from "../../core/attendance/facts.ts";
import type { EventTimes } from "../../core/attendance/redating.ts";
import { DAY_S, hallSecondsAt } from "../../core/attendance/hall-time.ts";
import type { HallConfiguration } from "../../core/configuration.ts";
import type { BadgeEffect, EventOf, HallEvent } from "../../core/events.ts";

/** What the window's answer says about the direction. Whatever it refused or only recorded has none of its own. */
const DIRECTIONS: Partial<Readonly<Record<BadgeEffect, Direction>>> = {
  "sign-on": "in",
  "took-over": "in",
  "sign-off": "out",
  "sign-off-planned": "out",
  "refused-waiting": "out", // The window stays open, the person has signed off (HRS-20).
  "went-out": "leave-post",
  "came-back": "return",
};

const ROLES = { desk: "desk", "meeting-room": null, unassigned: null } as const;

/** Whose badge it was: also of one that was withdrawn, which is evidence and no sign-in. */
export type BadgeOwners = ReadonlyMap<BadgeDigest, StaffId>;

export const revokedOwners = ({ staff }: Pick<HallConfiguration, "staff">): BadgeOwners =>
  new Map(staff.flatMap(({ id, revokedBadges }) => revokedBadges.map((badge) => [badge, id] as const)));

export type TapEvent = EventOf<"badge.recorded"> | EventOf<"badge.noted">;

export const isTapEvent = (event: HallEvent): event is TapEvent =>
  event.type === "badge.recorded" || event.type === "badge.noted";

/** One presentation of a badge as a fact of attendance; null when nobody knows whose it is, or for a booked slot. */
export function tapIn(event: TapEvent, zone: string, revoked: BadgeOwners): Tap | null {
  const owner = event.data.staffId ?? revoked.get(event.data.badge) ?? null;
  if (owner === null || (event.type === "badge.recorded" && event.data.booked === true)) return null;
  const isRevoked = event.data.staffId === null;
  const direction = event.type === "badge.recorded" ? (DIRECTIONS[event.data.effect] ?? null) : null;
  const role = event.type === "badge.recorded" ? "counter" : ROLES[event.data.place];
  return {
    ...spanOf(event, zone),
    person: owner,
    direction: isRevoked ? null : direction,
    terminal: event.cause.kind === "input" ? event.cause.terminalId : "",
    role,
    badge: isRevoked ? "revoked" : "valid",
    source: "badge",
  };
}

/** An outing said by the pause key, where the hall has named a reason for going out. */
export function outingIn(
  event: EventOf<"counter.paused"> | EventOf<"counter.resumed">,
  person: StaffId,
  zone: string,
): Tap {
  return {
    ...spanOf(event, zone),
    person,
    direction: event.type === "counter.paused" ? "leave-post" : "return",
    terminal: event.cause.kind === "input" ? event.cause.terminalId : "",
    role: "counter",
    badge: "valid",
    source: "badge",
  };
}

/** The same tap at its place in time now that the clock has been set. */
export const movedTap = (tap: Tap, times: EventTimes, zone: string): Tap => ({
  ...tap,
  ...spanOf(times, zone),
  guessedAt: tap.at,
});

function spanOf(
  event: Pick<HallEvent, "occurredAtMs" | "occurredUntilMs">,
  zone: string,
): Pick<Tap, "at" | "earliest" | "latest"> {
  const earliest = hallSecondsAt(event.occurredAtMs, zone);
  const latest = hallSecondsAt(event.occurredUntilMs, zone);
  // A terminal that never heard the time knows only that it was before somebody heard of it: that day it speaks for.
  const at = latest - earliest > DAY_S ? latest : earliest;
  return { at, earliest, latest };
}

export { hallSecondsAt as hallSecondsOf } from "../../core/attendance/hall-time.ts";
