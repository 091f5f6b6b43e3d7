import { accepted, refused, type Result } from "../../../protocol/index.ts";
import { hasRole } from "../access/actor.ts";
import type { Rejection } from "../commands.ts";
import { draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallView } from "../state.ts";
import type { OfficeOrder } from "./office-orders.ts";
import { officeRefusal } from "./office-refusals.ts";

type Keep = Extract<OfficeOrder, { type: "note-evidence" }>;
type Erase = Extract<OfficeOrder, { type: "erase-evidence" }>;

/** The paper lies in the vault; its digest goes on record. A repeat changes nothing. */
export function noteEvidence(hall: HallView, { actor, digest, bytes, mediaType }: Keep): EventDraft[] {
  if (hall.office?.evidence.has(digest) === true) return [];
  return [draft("evidence.kept", { digest, bytes, mediaType }, { kind: "account", accountId: actor.id })];
}

/** What a law orders erased leaves its digest behind, and who had it erased. */
export function eraseEvidence(hall: HallView, { actor, digest, reason }: Erase): Result<EventDraft[], Rejection> {
  if (!hasRole(actor, ["manager"])) return refused(officeRefusal("not-yours"));
  if (hall.office?.evidence.has(digest) !== true) return refused(officeRefusal("unknown-evidence", "digest"));
  return accepted([draft("evidence.erased", { digest, reason }, { kind: "account", accountId: actor.id })]);
}
