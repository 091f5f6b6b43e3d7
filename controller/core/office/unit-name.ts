import type { Bilingual } from "../../../protocol/index.ts";
import { CENTRE_UNIT } from "./filing-rights.ts";

export const CENTRE: Bilingual = { zh: "政务服务中心", en: "Centre" };
const EVERYBODY: Bilingual = { zh: "全部单位", en: "All units" };

interface Unit {
  readonly id: string;
  readonly name: Bilingual;
}

/** What a sheet's unit is called; null when there is none of that id. */
export function unitName(units: readonly Unit[], unit: string): Bilingual | null {
  if (unit === "all") return EVERYBODY;
  return unit === CENTRE_UNIT ? CENTRE : (units.find(({ id }) => id === unit)?.name ?? null);
}
