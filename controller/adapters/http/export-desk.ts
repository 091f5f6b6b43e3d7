import type { Result } from "../../../protocol/index.ts";
import type { Actor } from "../../core/access/actor.ts";
import type { SheetFormat } from "../../exports/sheet-formats.ts";
import type { FileName } from "./attachment.ts";
import type { DeskRefusal } from "./desk-refusal.ts";

export interface ExportedFile extends FileName {
  readonly bytes: Buffer;
}

/** Attendance as files. Who may have them is who may see the pictures; what is handed out is put on record. */
export interface ExportDesk {
  sheet(actor: Actor, unit: string, period: string, format: SheetFormat): Promise<Result<ExportedFile, DeskRefusal>>;
  /** One person's period, which can be checked without the log. `person` "me": the actor's own. */
  record(actor: Actor, person: string, period: string): Promise<Result<ExportedFile, DeskRefusal>>;
}
