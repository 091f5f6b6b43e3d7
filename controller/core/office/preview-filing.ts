import { accepted, type CounterId, type EpochMs, refused, type Result, type StaffId } from "../../../protocol/index.ts";
import { needsSubstitute } from "../attendance/leave-effect.ts";
import type { Rejection } from "../commands.ts";
import { rulesAt } from "../policy/policy.ts";
import type { HallView } from "../state.ts";
import type { DocumentOf } from "./document-request.ts";
import { fileDocument } from "./file-document.ts";
import { approvalFault, isAwayDuring, spanOf } from "./leave-filing.ts";
import type { OfficeEvents } from "./office-events.ts";
import type { OfficeOrder } from "./office-orders.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";
import { papersShown } from "./papers-shown.ts";
import { regulationOf } from "./regulation.ts";
import { postsOf } from "./vacancies.ts";

/** A window that somebody's leave touches: who could stand there, and who of those is away then. */
export interface WindowLeft {
  readonly counterId: CounterId;
  readonly by: readonly StaffId[];
  readonly away: readonly StaffId[];
}

export interface FilingPreview {
  readonly filing: OfficeEvents["document.filed"];
  /** What would keep the last approval back, as things stand. */
  readonly hindrance: OfficeRefusal | null;
  readonly windows: readonly WindowLeft[];
  /** ATT-15: it takes effect only once a substitute has badged in. The rules that say so; else empty. */
  readonly substituteFirst: readonly string[];
}

type Order = Extract<OfficeOrder, { type: "file-document" }>;

/** What filing it would come to: decided as if it were filed, and nothing recorded. */
export function previewFiling(hall: HallView, order: Order, at: EpochMs): Result<FilingPreview, Rejection> {
  const filed = fileDocument(hall, order, at);
  if (!filed.ok) return filed;
  const filing = filed.value.find((event) => event.type === "document.filed");
  const regulation = regulationOf(hall.configuration);
  if (filing === undefined || regulation === null) return refused(officeRefusal("attendance-off"));
  const { document } = order;
  if (document.kind !== "leave")
    return accepted({ filing: filing.data, hindrance: null, windows: [], substituteFirst: [] });
  const { certificate = null, evidence } = document;
  const papers = papersShown({ certificate, evidence: evidence === undefined ? [] : [evidence], signed: [] }, {});
  const hindrance = approvalFault(hall, regulation, document, papers);
  const { policy } = regulation;
  const waits = needsSubstitute(policy, { kind: document.leave }, filing.data.days ?? 0);
  const substituteFirst = waits ? rulesAt(policy, "leave.substituteFrom") : [];
  return accepted({ filing: filing.data, hindrance, windows: windowsLeft(hall, document), substituteFirst });
}

/** ATT-27, ATT-38: is anybody left at the windows of whoever goes? The substitute stands first. */
function windowsLeft(hall: HallView, leave: DocumentOf<"leave">): WindowLeft[] {
  if (hall.configuration === null) return [];
  const { from, to } = spanOf(leave);
  return [...postsOf(hall.configuration)].flatMap(([counterId, { a, b }]) => {
    if (!a.includes(leave.person)) return [];
    const substitute = leave.substitute === undefined ? [] : [leave.substitute];
    const others = [...new Set([...substitute, ...a, ...b])].filter((id) => id !== leave.person);
    const away = others.filter((id) => isAwayDuring(hall, id, from, to));
    return [{ counterId, by: others.filter((id) => !away.includes(id)), away }];
  });
}
