import { z } from "zod";
import type { EpochMs } from "../../../protocol/index.ts";
import { dateOf, dayOf, type HallSeconds } from "../attendance/hall-time.ts";
import type { HallConfiguration } from "../configuration.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { type Policy, rulesAt } from "../policy/policy.ts";
import type { HallView } from "../state.ts";
import type { DocumentOf } from "./document-request.ts";
import type { Office } from "./office-events.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";
import { hallNow, type Regulation, regulationOf } from "./regulation.ts";

// ATT-69: who is posted at a window stays there, for the years that the text asks for; a change needs the consent of
// whom the text names, before it holds.

const Consent = z.array(z.strictObject({ id: z.string(), zh: z.string() })).min(1);
const MANAGER: readonly Office[] = [{ id: "manager", zh: "大厅管理员" }];

/** Whose consent the regulation asks for; null where it asks for none. */
function consentOf({ profile }: Policy): readonly Office[] | null {
  const consent = Consent.safeParse(profile.posting["consent"]);
  return consent.success ? consent.data : null;
}

/** Who signs a change of posting, or why it cannot be asked for. Without a text the hall's manager: a default. */
export function postingFiling({ policy }: Regulation, { from, evidence }: DocumentOf<"posting">, now: HallSeconds) {
  const consent = consentOf(policy);
  const rules = consent === null ? ["default:posting.consent"] : rulesAt(policy, "posting.consent");
  if (consent !== null && from <= dateOf(dayOf(now))) return officeRefusal("not-in-advance", "from", rules);
  const isMissing = policy.profile.posting["inWriting"] === true && evidence === undefined;
  if (isMissing) return officeRefusal("paper-missing", "evidence", rulesAt(policy, "posting.inWriting"));
  return { due: consent ?? MANAGER, rules } satisfies object | OfficeRefusal;
}

type Staff = HallConfiguration["staff"][number];

/** Whoever a new configuration takes windows from without a consent that holds by now. */
export function flagPostings(hall: HallView, configuration: HallConfiguration, at: EpochMs): EventDraft[] {
  const regulation = regulationOf(configuration);
  if (regulation === null || hall.configuration === null || consentOf(regulation.policy) === null) return [];
  const { policy } = regulation;
  const today = dateOf(dayOf(hallNow(regulation, at)));
  const asked = policy.profile.posting["years"];
  const rules = rulesAt(policy, "posting.consent");
  return hall.configuration.staff.flatMap(({ id, counters, postedOn }) => {
    const kept: Staff["counters"] = configuration.staff.find((person) => person.id === id)?.counters ?? [];
    const windows = counters.filter((counter) => !kept.includes(counter));
    if (windows.length === 0 || isConsented(hall, id, today)) return [];
    const years = postedOn === undefined ? null : yearsBetween(postedOn, today);
    const change = { staffId: id, windows, years, yearsAsked: typeof asked === "number" ? asked : null, rules };
    return [draft("posting.changed-unconsented", change, CONTROLLER)];
  });
}

const MOVES: ReadonlySet<string> = new Set(["transfer", "replacement", "temporary-relief"]);

const isConsented = (hall: HallView, id: Staff["id"], today: string): boolean =>
  [...(hall.office?.documents.values() ?? [])].some(
    ({ document, state }) =>
      document.kind === "posting" &&
      state === "holds" &&
      document.person === id &&
      MOVES.has(document.change) &&
      document.from <= today,
  );

/** Whole years, as a calendar counts them. */
function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}
