import { canonicalBadge } from "../../../hardware/index.ts";

// Apart from the hall itself: who only needs its names is spared the controller's code.

export const terminalName = (n: number): string => `t${String(n).padStart(2, "0")}`;
/** Badge of clerk n; from 0xF0000000 on they are strangers', one for every tap that is to be found again. */
export const badgeValue = (n: number): string => canonicalBadge(n.toString(16).toUpperCase().padStart(8, "0"));
