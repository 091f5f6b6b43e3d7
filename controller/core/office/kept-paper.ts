import type { HallView } from "../state.ts";

/** Whether this account put the paper in: of the same bytes, everybody who did. */
export function isKeptBy(hall: HallView, digest: string, account: string): boolean {
  const paper = hall.office?.evidence.get(digest);
  return paper !== undefined && (paper.keptBy === account || paper.alsoBy?.includes(account) === true);
}
