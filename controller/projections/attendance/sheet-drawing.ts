import { createHash } from "node:crypto";
import { present } from "../../../protocol/index.ts";
import { dateOf, type HallSeconds, momentOf } from "../../core/attendance/hall-time.ts";
import type { SessionVerdict } from "../../core/attendance/verdict.ts";
import type { PublishedLine } from "../../core/office/office-events.ts";
import type { DerivedSheet } from "../../core/office/office-orders.ts";
import type { DaySpan } from "../../core/office/periods-named.ts";
import type { AttendanceLedger } from "./attendance-ledger.ts";
import type { AttendanceSheet } from "./attendance-pictures.ts";
import { casesOf, membersOf, policyName, rowText, sheetRow, stepsOf } from "./attendance-sheet.ts";
import { asOfIn, momentOrNull, publicationsIn, type Seen, stepPicture, touching } from "./attendance-views.ts";
import { cellsOf } from "./cell-codes.ts";
import type { LedgerMember } from "./ledger-member.ts";
import { plannedLeave } from "./planned-leave.ts";
import { casePictures } from "./session-pictures.ts";

/** A sheet as JSON, and whom and which days it shows. */
export interface DrawnSheet {
  readonly json: Buffer;
  readonly people: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** One person's line, for as long as nothing has changed since. */
interface DrawnLine<T> {
  readonly revision: number;
  readonly row: Buffer;
  /** What else is made of the same verdicts. */
  readonly more: T;
}

interface Asked<T> {
  readonly ledger: AttendanceLedger;
  readonly unit: string;
  readonly span: DaySpan;
  readonly asOf: HallSeconds;
  readonly more: (member: LedgerMember, sessions: readonly SessionVerdict[]) => T;
}

/** The sheet of a unit, or ("all") of everybody, as AttendanceSheet has it; in steps. */
export function* drawSheet(seen: Seen, unit: string, period: string, span: DaySpan): Generator<undefined, DrawnSheet> {
  const { ledger } = seen;
  const asOf = asOfIn(seen);
  const members = membersOf(ledger, unit, span);
  const cases = yield* casesOf(ledger, members, span, (member) => ledger.sessions(member, span, asOf));
  const among = new Set<string>(members.map(({ id }) => id));
  const publications = yield* publicationsIn(seen, (person) => among.has(person), touching(span));
  const more = (member: LedgerMember, sessions: readonly SessionVerdict[]) => ({
    planned: plannedLeave(ledger, member, sessions, asOf),
    steps: stepsOf(ledger, member, span, asOf),
  });
  const { lines, people, digest } = yield* drawLines({ ledger, unit, span, asOf, more });
  const rest: Omit<AttendanceSheet, "rows"> = {
    unit,
    period,
    from: dateOf(span.from),
    to: dateOf(span.to),
    policy: policyName(ledger),
    asOf: momentOf(asOf),
    reportedUntil: momentOrNull(ledger.reportedUntil),
    position: ledger.position,
    digest,
    planned: lines.flatMap(({ more: { planned } }) => planned),
    steps: lines.flatMap(({ more: { steps } }) => steps).map((step) => stepPicture(seen, step)),
    cases: casePictures(cases),
    publications,
    waitingFor: seen.waitingFor.map((entry) => ({ ...entry })),
  };
  const head = `${JSON.stringify(rest).slice(0, -1)},"rows":`;
  const json = Buffer.concat([Buffer.from(head), ...listOf(lines), Buffer.from("}")]);
  return { json, people, from: rest.from, to: rest.to };
}

/** What is hung up, in steps: the lines, and the digest of everybody's rows. */
export function* drawPublication(
  ledger: AttendanceLedger,
  span: DaySpan,
  asOf: HallSeconds,
  onlyAbsent: boolean,
): Generator<undefined, DerivedSheet> {
  const more = ({ id: person }: LedgerMember, sessions: readonly SessionVerdict[]): PublishedLine[] =>
    onlyAbsent && !sessions.some(({ absence }) => absence > 0) ? [] : [{ person, cells: cellsOf(span, sessions) }];
  const { lines, digest } = yield* drawLines({ ledger, unit: "all", span, asOf, more });
  return { lines: lines.flatMap((line) => line.more), digest, position: ledger.position };
}

/** So often what was drawn before something changed is drawn again with steps between; then without. */
const PASSES_MAX = 4;

/** All lines as of one position of the log: nothing has changed between the first and the end. */
function* drawLines<T>(asked: Asked<T>): Generator<undefined, DrawnLines<T>> {
  const { ledger, unit, span } = asked;
  const known = new Map<LedgerMember, DrawnLine<T>>();
  for (let pass = 1; ; pass += 1) {
    const members = membersOf(ledger, unit, span);
    const lines: DrawnLine<T>[] = [];
    for (const member of members) {
      const line = known.get(member);
      const drawn = line?.revision === revisionOf(ledger, member) ? line : drawLine(asked, member);
      known.set(member, drawn);
      lines.push(drawn);
      if (pass < PASSES_MAX) yield;
    }
    const hash = createHash("sha256");
    for (const part of listOf(lines)) {
      hash.update(part);
      if (pass < PASSES_MAX) yield;
    }
    const isCurrent = members.every((member, at) => lines[at]?.revision === revisionOf(ledger, member));
    if (isCurrent) return { lines, people: members.map(({ id }) => id), digest: hash.digest("hex") };
  }
}

interface DrawnLines<T> {
  readonly lines: readonly DrawnLine<T>[];
  readonly people: readonly string[];
  readonly digest: string;
}

const revisionOf = (ledger: AttendanceLedger, member: LedgerMember): number => ledger.revision + member.revision;

function drawLine<T>({ ledger, span, asOf, more }: Asked<T>, member: LedgerMember): DrawnLine<T> {
  const { policy } = present(ledger.rulesOn(span.to), "the rules of a hall that keeps attendance");
  const sessions = ledger.sessions(member, span, asOf);
  return {
    revision: revisionOf(ledger, member),
    row: Buffer.from(rowText(sheetRow(ledger, member, span, sessions, policy))),
    more: more(member, sessions),
  };
}

const [OPEN, COMMA, CLOSE] = [Buffer.from("["), Buffer.from(","), Buffer.from("]")];

const listOf = (lines: readonly DrawnLine<unknown>[]): readonly Buffer[] => [
  OPEN,
  ...lines.flatMap(({ row }, at) => (at === 0 ? [row] : [COMMA, row])),
  CLOSE,
];
