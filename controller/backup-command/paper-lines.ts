import type { Manifest } from "./manifest.ts";
import type { RestoredPapers } from "./settle-papers.ts";

/** What `hallward backup` says of papers; nothing in a hall that has none. */
export function backupPaperLines(papers: Manifest["papers"]): readonly string[] {
  if (papers === undefined || papers.held + papers.missing.length === 0) return [];
  return [
    `papers: ${papers.held} in the copy, readable to whoever can read it: keep it locked 副本含附件原件，请妥善保管`,
    ...papers.missing.map((digest) => `paper ${digest} is on record and not in the vault 附件缺失`),
  ];
}

/** What `hallward restore` says of papers. `unknownSince`: no data were there that would know of later erasures. */
export function restoredPaperLines(papers: RestoredPapers, unknownSince: string | null): readonly string[] {
  const { restored, erased, missing } = papers;
  if (restored + erased.length + missing.length === 0) return [];
  return [
    `papers: ${restored} in place, ${erased.length} stay erased, ${missing.length} missing 附件已恢复`,
    ...(restored === 0 || unknownSince === null
      ? []
      : [
          `what was erased after ${unknownSince} and is on no list is back: erase it again 此后销毁而无记录的附件须重新销毁`,
        ]),
  ];
}
