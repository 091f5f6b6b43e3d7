import {
  type BusinessDate,
  canonicalJson,
  type EpochMs,
  HallError,
  type Json,
  messageOf,
} from "../../protocol/index.ts";
import { isSignedBy } from "../adapters/authority/public-key.ts";
import { THE_HALL } from "../core/sealing/concerned.ts";
import { daySealText } from "../core/sealing/seal-events.ts";
import { PeopleLeaves } from "../engine/people-leaves.ts";
import { type Leaf, NO_RECORDS, rootThrough } from "../engine/people-tree.ts";
import { readEvent } from "../engine/upcast.ts";
import { AttendanceLedger } from "../projections/attendance/attendance-ledger.ts";
import { PersonExport } from "./person-export.ts";
import { sheetIn } from "./sheet-document.ts";
import type { SheetVerdict } from "./verify-sheet.ts";

const refused = (line: string): SheetVerdict => ({ equal: false, line });

/**
 * Checks one person's export by itself. `trusted`: the hall's key as somebody knows it; null: its own word.
 * Throws HallError EXPORT_UNREADABLE, with the place, for what has not the shape of one.
 */
export function verifyPersonExport(text: string, trusted: string | null): SheetVerdict {
  const file = parse(text);
  const evidence = sealFault(file, trusted);
  if (evidence !== null) return refused(evidence);
  const again = rowAgain(file);
  if (again === null) return refused(`EXPORT_DIFFERS: its records say nothing of ${file.person} in ${file.period}`);
  if (textOf(again) !== textOf(file.row)) return refused(`EXPORT_DIFFERS: ${firstDifference(file.row, again)}`);
  return {
    equal: true,
    line: `equal: ${file.person} ${file.period}, derived from its own records; ${signedWords(file)}`,
  };
}

function parse(text: string): PersonExport {
  const read = PersonExport.safeParse(jsonOf(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue === undefined ? "" : ` ${issue.path.join(".")}: ${issue.message}`;
  throw unreadable(place);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw unreadable(` ${messageOf(thrown)}`);
  }
}

const unreadable = (why: string): HallError =>
  new HallError("EXPORT_UNREADABLE", `it is no export of one person's period:${why}`);

function signedWords({ seals, records }: PersonExport): string {
  const last = seals.at(-1);
  if (last === undefined) return "no day is signed: the records are somebody's word";
  const after = records.filter(({ seq }) => seq > last.seq).length;
  const rest = after === 0 ? "" : `, ${after} records after it are not signed yet`;
  return `${seals.length} days signed, the last ${last.date} at ${last.seq} by key ${last.key}${rest}`;
}

/** Why the records are not what the hall signed; null when they are. */
function sealFault(file: PersonExport, trusted: string | null): string | null {
  const leaves = new PeopleLeaves();
  let signedTo = 0;
  for (const seal of file.seals) {
    const { date, fromSeq, seq, key, signature } = seal;
    if (fromSeq !== signedTo + 1 || seq < fromSeq) return `SIGNATURE_MISSING: records before ${fromSeq} are not signed`;
    const signed = daySealText(file.hall, { ...seal, date: seal.date as BusinessDate });
    if (!isSignedBy(key, signed, signature)) return `SIGNATURE_BAD: the signature of ${date} does not hold`;
    for (const record of file.records) if (record.seq > signedTo && record.seq <= seq) leaves.note(record);
    const fault = subjectFault(file.subjects, seal, leaves.take());
    if (fault !== null) return fault;
    signedTo = seq;
  }
  const last = file.seals.at(-1);
  if (trusted === null || last?.key === trusted) return null;
  return "SIGNATURE_FOREIGN: the last day is not signed with the hall's key";
}

/** Each subject's records since the last seal lead to the signed root, and none of them is missing. */
function subjectFault(
  subjects: readonly string[],
  { date, people, subjects: claims }: PersonExport["seals"][number],
  leaves: readonly Leaf[],
): string | null {
  const known = new Map(leaves.map((leaf) => [leaf.subject, leaf]));
  for (const subject of subjects) {
    const claimed = claims.find((entry) => entry.subject === subject);
    const leaf = known.get(subject);
    if (leaf === undefined && claimed === undefined) continue; // Not on the roster yet, as the hall's own records say.
    const name = subject === THE_HALL ? "the hall" : subject;
    if (claimed === undefined) return `EXPORT_INCOMPLETE: ${date} has no proof for ${name}`;
    const here = leaf ?? { subject, count: 0, digest: NO_RECORDS };
    if (here.count !== claimed.count) {
      return `EXPORT_INCOMPLETE: on ${date} ${claimed.count} records of ${name} were signed, ${here.count} are here`;
    }
    if (rootThrough(here, claimed.proof) !== people) {
      return `EXPORT_TAMPERED: a record of ${name} up to ${date} is not what was signed`;
    }
  }
  return null;
}

type Row = PersonExport["row"];
const textOf = (value: unknown): string => canonicalJson((value ?? null) as Json);

function rowAgain(file: PersonExport): Row | null {
  const ledger = new AttendanceLedger();
  for (const { seq, record } of file.records) ledger.note(readEvent({ seq, record, hash: "" }));
  if (ledger.regulation === null) return null;
  const at = { ledger, position: file.position, head: file.head, recordedAtMs: file.asOfMs as EpochMs };
  return sheetIn(at, "all", file.period).rows.find(({ person }) => person.person === file.person) ?? null;
}

function firstDifference(was: Row, is: Row): string {
  const at = is.cells.findIndex((cell, index) => textOf(cell) !== textOf(was.cells[index]));
  const cell = is.cells[at];
  if (cell === undefined) return "the totals are not what the records come to";
  return `${cell.date} ${cell.session} says "${was.cells[at]?.code ?? ""}", the records say "${cell.code}"`;
}
