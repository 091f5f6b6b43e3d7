import { z } from "zod";
import { HallError } from "../../protocol/index.ts";
import type { DaySeal } from "../core/sealing/seal-events.ts";
import { THE_HALL } from "../core/sealing/concerned.ts";
import { type Leaf, proofOf } from "../engine/people-tree.ts";
import { PeopleLeaves } from "../engine/people-leaves.ts";
import type { LogReader } from "../engine/ports.ts";
import type { AttendanceLedger } from "../projections/attendance/attendance-ledger.ts";
import { AttendanceSheet } from "../projections/attendance/attendance-pictures.ts";
import { ledgerAt, sheetIn } from "./sheet-document.ts";

export const PERSON_FORMAT = "hallward-person-1";

const Hash = z.string().regex(/^[0-9a-f]{64}$/u);
const SubjectProof = z.strictObject({
  subject: z.string(),
  count: z.int().nonnegative(),
  digest: Hash,
  proof: z.array(z.strictObject({ side: z.enum(["left", "right"]), hash: Hash })).max(32),
});
const Seal = z.strictObject({
  date: z.string(),
  fromSeq: z.int().positive(),
  seq: z.int().positive(),
  hash: Hash,
  people: Hash,
  key: Hash,
  signature: z.string(),
  subjects: z.array(SubjectProof),
});

/**
 * One person's period with all it takes to check it without the log: every record that concerns them or the hall, from
 * the first one on, and of every signed day the proof that none of these is missing, changed or added.
 */
export const PersonExport = z.strictObject({
  format: z.literal(PERSON_FORMAT),
  version: z.string(),
  hall: z.string(),
  person: z.string(),
  period: z.string(),
  position: z.int().positive(),
  head: Hash,
  /** Of the record at `position`: what the sheet says was known then. */
  asOfMs: z.int().nonnegative(),
  key: Hash.nullable(),
  /** The person, the hall (""), and whoever stood in for them. */
  subjects: z.array(z.string()).min(2),
  seals: z.array(Seal),
  records: z.array(z.strictObject({ seq: z.int().positive(), record: z.string() })),
  row: AttendanceSheet.shape.rows.element,
});
export type PersonExport = z.infer<typeof PersonExport>;

export interface PersonScope {
  readonly person: string;
  readonly period: string;
  readonly position: number | null;
}

/** The JSON text. HallErrors of `deriveSheet`; PERSON_UNKNOWN. */
export function exportPerson(reader: LogReader, { person, period, position }: PersonScope, key: string | null): string {
  const at = ledgerAt(reader, position);
  const sheet = sheetIn(at, "all", period);
  const row = sheet.rows.find((entry) => entry.person.person === person);
  if (row === undefined) throw new HallError("PERSON_UNKNOWN", `nobody "${person}" was posted here in ${period}`);
  const subjects = [...new Set([THE_HALL, person, ...substitutesOf(at.ledger, person)])].toSorted();
  const { seals, records } = evidenceOf(reader, at.position, new Set(subjects));
  const exported: PersonExport = {
    format: PERSON_FORMAT,
    version: sheet.version,
    hall: sheet.hall.id,
    person,
    period,
    position: at.position,
    head: at.head,
    asOfMs: at.recordedAtMs,
    key,
    subjects,
    seals,
    records,
    row,
  };
  return `${JSON.stringify(exported, null, 1)}\n`;
}

/** Whoever stood in for a person: what they tapped is in that person's export. */
export const substitutesOf = (ledger: AttendanceLedger, person: string): readonly string[] =>
  (ledger.member(person)?.documents ?? []).flatMap(({ document }) =>
    document.kind === "leave" && document.substitute !== undefined ? [document.substitute] : [],
  );

type Evidence = Pick<PersonExport, "seals" | "records">;

/** Reads the log once; a seal signs what lies before it, so its leaves are taken when its head has been read. */
function evidenceOf(reader: LogReader, position: number, wanted: ReadonlySet<string>): Evidence {
  const found = sealsIn(reader, position);
  const leaves = new PeopleLeaves();
  const seals: PersonExport["seals"] = [];
  const records: PersonExport["records"] = [];
  let next = 0;
  for (const { seq, record } of reader.read(1, position)) {
    if (leaves.note({ seq, record }).some((subject) => wanted.has(subject))) records.push({ seq, record });
    const seal = found[next];
    if (seal?.seq !== seq) continue;
    const all = leaves.take();
    seals.push({ ...seal, subjects: [...wanted].toSorted().flatMap((subject) => proofIn(all, subject)) });
    next += 1;
  }
  return { seals, records };
}

function proofIn(leaves: readonly Leaf[], subject: string): z.infer<typeof SubjectProof>[] {
  const leaf = leaves.find((entry) => entry.subject === subject);
  const proof = proofOf(leaves, subject);
  return leaf === undefined || proof === null ? [] : [{ ...leaf, proof: proof.map((step) => ({ ...step })) }];
}

function sealsIn(reader: LogReader, position: number): DaySeal[] {
  const found: DaySeal[] = [];
  for (const { record } of reader.read(1, position)) {
    if (!record.includes('"type":"day.sealed"')) continue;
    const { type, data } = JSON.parse(record) as { readonly type: string; readonly data: DaySeal };
    if (type === "day.sealed") found.push(data);
  }
  return found;
}
