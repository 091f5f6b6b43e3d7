import { accepted, HallError, refused, type Result } from "../../protocol/index.ts";
import type { EvidenceVault, Paper } from "../adapters/evidence/evidence-vault.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type { PaperDesk, PaperType } from "../adapters/http/paper-desk.ts";
import type { Actor } from "../core/access/actor.ts";
import type { RecordView } from "../core/access/access-event-bodies.ts";
import { documentsNaming, mayReadPaper } from "../core/office/evidence.ts";
import type { OfficeOrder } from "../core/office/office-orders.ts";
import { deskAnswer } from "../desks/desk-answer.ts";
import { BUSY, CANNOT_WRITE, isBusy } from "../desks/desk-refusals.ts";
import type { Engine } from "../engine/engine.ts";
import { NOT_YOURS, OFF, viewOf } from "./office-answers.ts";
import { digestOfBytes } from "./paper-digest.ts";
import { ENDINGS, paperTypeOf } from "./paper-type.ts";

export interface PaperRoomParts {
  readonly engine: Engine;
  readonly vault: EvidenceVault;
  /** See HallDesk. */
  readonly viewed: (actor: Actor, view: RecordView) => Promise<Result<null, DeskRefusal>>;
}

/** Papers larger than this are scans nobody needs; a photograph is made smaller before it is sent. */
export const PAPER_BYTES_MAX = 1_048_576;

const TOO_LARGE: DeskRefusal = {
  code: "body-too-large",
  detail: `附件不得超过 1 MiB At most ${PAPER_BYTES_MAX} bytes.`,
};
const NO_TYPE: DeskRefusal = {
  code: "paper-type-refused",
  detail: "附件须为 JPEG、PNG 或 PDF Its content is neither JPEG, PNG nor PDF.",
};
const NO_PAPER: DeskRefusal = { code: "unknown-document", detail: "没有此附件 There is no such paper." };
const ERASED: DeskRefusal = { code: "paper-erased", detail: "附件已依法销毁 The paper was erased; its digest stays." };
const LOST: DeskRefusal = {
  code: "unknown-document",
  detail: "附件不在档案库中 The paper on record is not in the vault, or not as it was put in.",
};

/** Takes papers into the vault, hands them out to those they concern, and erases them. */
export class PaperRoom implements PaperDesk {
  readonly #parts: PaperRoomParts;

  constructor(parts: PaperRoomParts) {
    this.#parts = parts;
  }

  async keep(...[actor, { base64 }]: Parameters<PaperDesk["keep"]>): ReturnType<PaperDesk["keep"]> {
    if (this.#parts.engine.hall.configuration?.attendance === undefined) return refused(OFF);
    const bytes = Buffer.from(base64, "base64");
    if (bytes.length > PAPER_BYTES_MAX) return refused(TOO_LARGE);
    const mediaType = paperTypeOf(bytes);
    if (mediaType === null) return refused(NO_TYPE);
    const digest = digestOfBytes(bytes);
    if (!(await this.#stored(digest, { mediaType, base64 }))) return refused(CANNOT_WRITE);
    const noted = await this.#submitted({ type: "note-evidence", actor, digest, bytes: bytes.length, mediaType });
    if (noted.ok) return accepted({ digest, bytes: bytes.length, mediaType });
    // What is not on record does not lie there either; unless nothing can be said for certain now.
    if (noted.error.code === "document-refused" && !this.#isKnown(digest)) {
      this.#written(() => this.#parts.vault.discard(digest));
    }
    return noted;
  }

  async read(...[actor, digest]: Parameters<PaperDesk["read"]>): ReturnType<PaperDesk["read"]> {
    const { engine, vault, viewed } = this.#parts;
    const { hall } = engine;
    const naming = documentsNaming(hall, digest);
    if (!this.#isKnown(digest) && naming.length === 0) return refused(NO_PAPER);
    if (!mayReadPaper(hall, actor, digest)) return refused(NOT_YOURS);
    if (!this.#isKnown(digest)) return refused(ERASED);
    const paper = vault.read(digest);
    if (paper === null) return refused(LOST);
    const bytes = Buffer.from(paper.base64, "base64");
    if (digestOfBytes(bytes) !== digest) return refused(LOST);
    const noted = await viewed(
      actor,
      viewOf(
        "evidence",
        naming.flatMap(({ beneficiaries }) => beneficiaries),
      ),
    );
    if (!noted.ok) return noted;
    const file = `${digest.slice(0, 8)}.${ENDINGS[paper.mediaType as PaperType] ?? "bin"}`;
    return accepted({ bytes, mediaType: paper.mediaType, name: `附件_${file}`, plain: `paper-${file}` });
  }

  async erase(...[actor, digest, reason]: Parameters<PaperDesk["erase"]>): ReturnType<PaperDesk["erase"]> {
    const erased = await this.#submitted({ type: "erase-evidence", actor, digest, reason });
    // On record already, and perhaps not gone yet: the process may have ended between the two.
    const isRepeat = !erased.ok && erased.error.reason?.code === "unknown-evidence";
    if (!erased.ok && !isRepeat) return erased;
    return this.#written(() => this.#parts.vault.erase(digest)) ? erased : refused(CANNOT_WRITE);
  }

  #isKnown(digest: string): boolean {
    return this.#parts.engine.hall.office?.evidence.has(digest) === true;
  }

  /** False when the disk did not take it. */
  #written(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (thrown) {
      if (thrown instanceof HallError && thrown.code === "FILE_UNWRITABLE") return false;
      throw thrown;
    }
  }

  async #stored(digest: string, paper: Paper): Promise<boolean> {
    try {
      await this.#parts.vault.keep(digest, paper);
      return true;
    } catch (thrown) {
      if (thrown instanceof HallError && thrown.code === "FILE_UNWRITABLE") return false;
      throw thrown;
    }
  }

  #submitted(order: OfficeOrder): Promise<Result<null, DeskRefusal>> {
    const { engine } = this.#parts;
    if (isBusy(engine)) return Promise.resolve(refused(BUSY));
    const nothing = (): null => null;
    return new Promise((resolve) =>
      engine.submit(order, (outcome) => resolve(deskAnswer(outcome, nothing, nothing)), {}),
    );
  }
}
