import { accepted, refused, type Result } from "../../../protocol/index.ts";
import { type Actor, hasRole } from "../access/actor.ts";
import type { Rejection } from "../commands.ts";
import { draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallView } from "../state.ts";
import { isOwnGain } from "./file-document.ts";
import type { OfficeOrder } from "./office-orders.ts";
import { isKeptBy } from "./kept-paper.ts";
import { officeRefusal } from "./office-refusals.ts";
import type { FiledDocument } from "./office-state.ts";
import { maySign } from "./sign-document.ts";

type Keep = Extract<OfficeOrder, { type: "note-evidence" }>;
type Erase = Extract<OfficeOrder, { type: "erase-evidence" }>;

/** Papers of one account that no document names yet. */
export const UNFILED_PAPERS_MAX = 20;

type Naming = Readonly<FiledDocument>;

/** The documents that rest on a paper. */
export const documentsNaming = (hall: HallView, digest: string): readonly Naming[] =>
  [...(hall.office?.documents.values() ?? [])].filter(({ evidence }) => evidence.includes(digest));

/** The paper lies in the vault; its digest goes on record. A repeat changes nothing. */
export function noteEvidence(
  hall: HallView,
  { actor, digest, bytes, mediaType }: Keep,
): Result<EventDraft[], Rejection> {
  if (isKeptBy(hall, digest, actor.id)) return accepted([]);
  if (unfiledPapers(hall, actor) >= UNFILED_PAPERS_MAX) return refused(officeRefusal("papers-unfiled"));
  return accepted([draft("evidence.kept", { digest, bytes, mediaType }, { kind: "account", accountId: actor.id })]);
}

function unfiledPapers(hall: HallView, { id }: Actor): number {
  const own = [...(hall.office?.evidence.keys() ?? [])].filter((digest) => isKeptBy(hall, digest, id));
  if (own.length < UNFILED_PAPERS_MAX) return own.length;
  const named = new Set([...(hall.office?.documents.values() ?? [])].flatMap(({ evidence }) => evidence));
  return own.filter((digest) => !named.has(digest)).length;
}

/** Whoever put a paper in or rests a document on it, whom that is about, and those who sign it. Nobody else. */
export function mayReadPaper(hall: HallView, actor: Actor, digest: string): boolean {
  if (isKeptBy(hall, digest, actor.id)) return true;
  return documentsNaming(hall, digest).some((filed) => {
    if (filed.filedBy === actor.id || isOwnGain(actor, filed.beneficiaries)) return true;
    if (filed.signed.some(({ by }) => by === actor.id)) return true;
    return [...filed.due, ...filed.filedWith].some((office) => maySign(hall, actor, office, filed));
  });
}

/** What a law orders erased leaves its digest behind and who erased it; never before what rests on it is decided. */
export function eraseEvidence(hall: HallView, { actor, digest, reason }: Erase): Result<EventDraft[], Rejection> {
  if (!hasRole(actor, ["manager", "office"])) return refused(officeRefusal("not-yours"));
  if (hall.office?.evidence.has(digest) !== true) return refused(officeRefusal("unknown-evidence", "digest"));
  const naming = documentsNaming(hall, digest);
  if (naming.some(({ beneficiaries }) => isOwnGain(actor, beneficiaries))) return refused(officeRefusal("own-benefit"));
  if (naming.some(({ state }) => state === "waiting")) return refused(officeRefusal("paper-in-use", "digest"));
  return accepted([draft("evidence.erased", { digest, reason }, { kind: "account", accountId: actor.id })]);
}
