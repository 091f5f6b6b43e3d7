import type { HallSeconds, HallView, Order } from "../../../controller/index.ts";
import type { PastHall } from "./past-hall.ts";
import type { Chance } from "../../time/chance.ts";

type Filing = Extract<Order, { type: "file-document" }>;
type Signing = Extract<Order, { type: "sign-document" }>;
export type Account = Filing["actor"];
type Paper = Filing["document"];

/** A document of the office's, and who signed it when. */
export interface PastPaper {
  readonly filedAt: HallSeconds;
  readonly by: Account;
  /** Null: what it is about is not there. */
  readonly document: (hall: HallView) => Paper | null;
  readonly signed: readonly {
    readonly at: HallSeconds;
    readonly by: Account;
    readonly decision: Signing["decision"];
  }[];
}

export function livePaper(past: PastHall, { filedAt, by, document, signed }: PastPaper, chance: Chance): void {
  const documentId = chance.uuid();
  past.at(filedAt, () => {
    const paper = document(past.hall);
    if (paper === null) return;
    past.order({ type: "file-document", actor: by, documentId, document: paper });
    for (const signature of signed) {
      const order = { type: "sign-document", documentId, actor: signature.by, decision: signature.decision } as const;
      past.at(signature.at, () => past.order(order));
    }
  });
}
