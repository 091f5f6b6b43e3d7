import { z } from "zod";
import type { Result } from "../../../protocol/index.ts";
import type { Actor } from "../../core/access/actor.ts";
import type { FileName } from "./attachment.ts";
import type { DeskRefusal } from "./desk-refusal.ts";

/** Told by the first bytes, whatever a file is called. */
export const PAPER_TYPES = ["image/jpeg", "image/png", "application/pdf"] as const;
export type PaperType = (typeof PAPER_TYPES)[number];

export const EvidenceUpload = z.strictObject({ base64: z.base64().min(4).describe("The paper: JPEG, PNG or PDF.") });
export type EvidenceUpload = z.infer<typeof EvidenceUpload>;

export const EvidenceKept = z.object({
  digest: z.string(),
  bytes: z.int().nonnegative(),
  mediaType: z.enum(PAPER_TYPES),
});
export type EvidenceKept = z.infer<typeof EvidenceKept>;

export interface PaperFile extends FileName {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** The vault behind its HTTP interface: what lies in it is read by few, and every reading is on record. */
export interface PaperDesk {
  keep(actor: Actor, upload: EvidenceUpload): Promise<Result<EvidenceKept, DeskRefusal>>;
  read(actor: Actor, digest: string): Promise<Result<PaperFile, DeskRefusal>>;
  erase(actor: Actor, digest: string, reason: string): Promise<Result<null, DeskRefusal>>;
}
