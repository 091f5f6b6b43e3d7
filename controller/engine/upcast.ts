import { HallError, type Json, messageOf } from "../../protocol/index.ts";
import type { EventType, HallEvent } from "../core/events.ts";
import { logBroken } from "./chain.ts";
import type { LogRecord } from "./ports.ts";

/** The shape in which each type is written today. A new shape: one more here, and an upcaster from the old one. */
export const SCHEMA_VERSIONS = {
  "controller.started": 1,
  "clock.set": 1,
  "epoch.raised": 1,
  "hall.restored": 1,
  "hall.configured": 1,
  "day.opened": 1,
  "hours.changed-unannounced": 1,
  "posting.changed-unconsented": 1,
  "terminal.born": 1,
  "terminal.lost": 1,
  "stream.hole": 1,
  "badge.recorded": 1,
  "staff.signed-on": 1,
  "staff.took-over": 1,
  "staff.became-acting": 1,
  "staff.signed-off": 1,
  "staff.sign-off-planned": 1,
  "staff.sign-off-deferred": 1,
  "staff.went-out": 1,
  "staff.came-back": 1,
  "duty.ended": 1,
  "question.asked": 1,
  "question.lapsed": 1,
  "patrol.recorded": 1,
  "maintenance.begun": 1,
  "maintenance.ended": 1,
  "badge.noted": 1,
  "ticket.issued": 1,
  "ticket.confirmed": 1,
  "ticket.printed": 1,
  "ticket.print-failed": 1,
  "ticket.transferred": 1,
  "ticket.released": 1,
  "ticket.re-entered": 1,
  "ticket.called": 1,
  "ticket.recalled": 1,
  "call.announced": 1,
  "ticket.closed": 1,
  "counter.extended": 1,
  "counter.extension-ended": 1,
  "ticket.held": 1,
  "ticket.returned": 1,
  "visit.presumed": 1,
  "visit.started": 1,
  "visit.ended": 1,
  "rating.given": 1,
  "rating.expired": 1,
  "counter.armed": 1,
  "counter.disarmed": 1,
  "counter.paused": 1,
  "counter.pause-changed": 1,
  "counter.resumed": 1,
  "counter.pause-planned": 1,
  "counter.pause-unplanned": 1,
  "assistance.requested": 1,
  "assistance.answered": 1,
  "device.faulted": 1,
  "device.recovered": 1,
  "intent.refused": 1,
  "fact.recorded": 1,
  "input.rejected": 1,
  "appointment.booked": 1,
  "appointment.cancelled": 1,
  "appointment.arrived": 1,
  "appointment.turn-reserved": 1,
  "appointment.served-in-time": 1,
  "appointment.missed-by-hall": 1,
  "appointment.missed-by-citizen": 1,
  "appointment.lapsed": 1,
  "appointment.unattended": 1,
  "appointment.attended": 1,
  "document.filed": 1,
  "document.signed": 1,
  "attendance.reported": 1,
  "attendance.published": 1,
  "post.vacated": 1,
  "post.manned": 1,
  "alarm.raised": 1,
  "alarm.cleared": 1,
  "evidence.kept": 1,
  "evidence.erased": 1,
  "record.viewed": 1,
  "log.key-named": 1,
  "day.sealed": 1,
  "account.signed-in": 1,
  "account.signed-out": 1,
  "account.locked-out": 1,
  "account.password-changed": 1,
  "account.created": 1,
} as const satisfies { readonly [K in EventType]: number };

/** A stored event as a plain object. */
export type StoredEvent = { readonly [key: string]: Json | undefined };

/** From one shape of a type to the next. Total: every event ever written in the old shape has a new one. */
export type Upcaster = (old: StoredEvent) => StoredEvent;

/** By `type@schemaVersion` of the old shape. */
export const UPCASTERS: ReadonlyMap<string, Upcaster> = new Map();

export type ReadEvent = (stored: LogRecord) => HallEvent;

/** Reads stored records in today's shape. What a newer build wrote is refused, because half of it would be lost. */
export function eventReader(
  versions: Readonly<Record<string, number>> = SCHEMA_VERSIONS,
  upcasters: ReadonlyMap<string, Upcaster> = UPCASTERS,
): ReadEvent {
  return (stored) => {
    const { event, type, version } = takeApart(stored);
    const current = Object.hasOwn(versions, type) ? versions[type] : undefined;
    if (current === undefined || version > current) throw newer(stored.seq, `${type} version ${version}`);
    return climb(event, `${type}@`, version, current, upcasters) as unknown as HallEvent;
  };
}

/** Today's reader of the log. */
export const readEvent: ReadEvent = eventReader();

function climb(
  event: StoredEvent,
  prefix: string,
  version: number,
  current: number,
  upcasters: ReadonlyMap<string, Upcaster>,
): StoredEvent {
  let risen = event;
  for (let from = version; from < current; from += 1) {
    const next = upcasters.get(`${prefix}${from}`);
    if (next === undefined) throw new HallError("DATA_OLDER", `no upcaster from ${prefix}${from}`, { from });
    risen = { ...next(risen), schemaVersion: from + 1 };
  }
  return risen;
}

function takeApart(stored: LogRecord): { event: StoredEvent; type: string; version: number } {
  const event = parse(stored);
  const { type, schemaVersion: version, seq } = event;
  if (typeof type !== "string" || typeof version !== "number") throw logBroken(stored.seq, "the record is no event");
  if (seq !== stored.seq) throw logBroken(stored.seq, "the record names another seq");
  return { event, type, version };
}

function parse(stored: LogRecord): StoredEvent {
  try {
    const event = JSON.parse(stored.record) as StoredEvent | null;
    if (event !== null && typeof event === "object") return event;
  } catch (thrown) {
    throw logBroken(stored.seq, `the record is not JSON (${messageOf(thrown)})`);
  }
  throw logBroken(stored.seq, "the record is no event");
}

/** The one clear line about a log, or a database, that only a newer build understands. */
export function newer(seq: number, what: string): HallError {
  const line = `${what}, at seq ${seq}, was written by a newer Hallward; run that one`;
  return new HallError("DATA_NEWER", line, { seq });
}
