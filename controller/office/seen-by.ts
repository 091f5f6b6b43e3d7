import { accepted, refused, type Result } from "../../protocol/index.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type { Actor } from "../core/access/actor.ts";
import { maySee } from "../core/office/filing-rights.ts";
import type { DaySpan } from "../core/office/periods-named.ts";
import { daysOf } from "../core/office/periods-named.ts";
import type { Engine } from "../engine/engine.ts";
import type { Seen } from "../projections/attendance/attendance-views.ts";
import type { LedgerMember } from "../projections/attendance/ledger-member.ts";
import type { AttendanceKeeper } from "./attendance-keeper.ts";
import { DERIVING, NO_PERIOD, NOT_YOURS, OFF, UNKNOWN_PERSON } from "./office-answers.ts";

export interface SeenParts {
  readonly engine: Pick<Engine, "hall">;
  readonly keeper: Pick<AttendanceKeeper, "seen">;
}

/** What attendance comes to now, or why nothing can be said. */
export function seenIn({ engine, keeper }: SeenParts): Result<Seen, DeskRefusal> {
  if (engine.hall.configuration?.attendance === undefined) return refused(OFF);
  const seen = keeper.seen();
  return seen === null ? refused(DERIVING) : accepted(seen);
}

/** The same, and the days that a period names. */
export function seenOver(parts: SeenParts, period: string): Result<Seen & { readonly span: DaySpan }, DeskRefusal> {
  const seen = seenIn(parts);
  if (!seen.ok) return seen;
  const span = daysOf(period);
  return span === null ? refused(NO_PERIOD) : accepted({ ...seen.value, span });
}

/** Whose record is asked for; "me" is the actor's own. Nobody learns who exists beyond those they may see. */
export function memberFor({ hall, ledger }: Seen, actor: Actor, asked: string): Result<LedgerMember, DeskRefusal> {
  const person = asked === "me" ? (actor.staffId ?? "") : asked;
  const member = ledger.member(person);
  if (member === null && (asked === "me" || maySee(hall, actor, person))) return refused(UNKNOWN_PERSON);
  return member === null || !maySee(hall, actor, person) ? refused(NOT_YOURS) : accepted(member);
}
