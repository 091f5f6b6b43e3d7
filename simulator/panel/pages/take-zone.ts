import type { PanelHall } from "../panel-contract.ts";

/** Times are shown in the zone that the page's html names. The panel's is told it afterwards. */
export function takeZone({ zone }: Pick<PanelHall, "zone">, root: Pick<HTMLElement, "dataset">): void {
  root.dataset["zone"] = zone;
}
