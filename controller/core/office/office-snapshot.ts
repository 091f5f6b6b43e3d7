import type { EpochMs } from "../../../protocol/index.ts";
import type { HallView } from "../state.ts";
import { emptyOffice, type OfficeState } from "./office-state.ts";

const MAPS = [
  "documents",
  "publications",
  "cover",
  "vacancies",
  "unmanned",
  "alarms",
  "worked",
  "handedOver",
  "evidence",
] as const;

type Office = NonNullable<HallView["office"]>;

/** As plain JSON, lists sorted by key: equal states give equal text. */
export function freezeOffice(office: Office): Readonly<Record<string, unknown>> {
  const maps = MAPS.map((name) => {
    const entries = [...(office[name] as ReadonlyMap<string, unknown>)];
    return [name, entries.sort(([a], [b]) => (a < b ? -1 : 1))] as const;
  });
  const { reportedUntilMs, sinceMs } = office;
  return { reportedUntilMs, sinceMs, ...Object.fromEntries(maps) };
}

export function thawOffice(stored: unknown): OfficeState | null {
  if (stored === undefined || stored === null) return null;
  const frozen = stored as Record<string, unknown>;
  const office = emptyOffice(frozen["sinceMs"] as EpochMs);
  office.reportedUntilMs = frozen["reportedUntilMs"] as number;
  for (const name of MAPS) {
    const map = office[name] as Map<string, unknown>;
    for (const [key, value] of (frozen[name] ?? []) as [string, unknown][]) map.set(key, value);
  }
  return office;
}
