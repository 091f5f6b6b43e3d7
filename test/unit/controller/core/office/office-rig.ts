import { readProfile } from "../../../../../controller/adapters/policies/policy-files.ts";
import { AccountId, type Actor, type Role } from "../../../../../controller/core/access/actor.ts";
import { hallSeconds } from "../../../../../controller/core/attendance/hall-time.ts";
import { HallConfiguration } from "../../../../../controller/core/configuration.ts";
import type { EventOf, HallEvent } from "../../../../../controller/core/events.ts";
import { DecisionRequest, DocumentRequest } from "../../../../../controller/core/office/document-request.ts";
import type { FiledDocument } from "../../../../../controller/core/office/office-state.ts";
import { daysOf } from "../../../../../controller/core/office/periods-named.ts";
import { type AttendanceLedger, ledgerOf } from "../../../../../controller/projections/attendance/attendance-ledger.ts";
import { atOnce } from "../../../../../controller/office/in-turns.ts";
import { drawPublication } from "../../../../../controller/projections/attendance/sheet-drawing.ts";
import { epochMs, present } from "../../../../../protocol/index.ts";
import { badge, staffId, testConfiguration, TestHall, uuid } from "../../../../support/test-hall.ts";

export const COUNTY_SUMMER = { summer: { from: "06-01", to: "09-30" } };
export const HALF_PAST_EIGHT = { hours: { am: ["08:30", "12:00"], pm: ["14:00", "17:30"] } };

/** Half past six on Monday 2 March 2026, in the hall's own zone. */
export const MONDAY_EARLY = Date.UTC(2026, 2, 1, 22, 30);

export interface HallAsked {
  readonly policy?: unknown;
  readonly settings?: unknown;
  readonly [key: string]: unknown;
}

/** The test hall of two windows and three clerks (3 backs up window 1), under a regulation. */
export function officeConfiguration(
  asked: HallAsked = {},
  hall: object = {},
  windows: Readonly<Record<string, readonly string[]>> = {},
): HallConfiguration {
  const plain = testConfiguration(2) as unknown as Record<string, unknown>;
  const policy = asked.policy ?? "county";
  const profiles = Object.fromEntries(
    [
      "county",
      "jiayuguan",
      "baodi",
      "xiangzhen-a",
      "xiangzhen-c",
      "shaoxing",
      "std",
      "hesuan",
      "town-money",
      "zhen-b",
      "hall-0830",
      "linze",
    ].map((id) => [id, readProfile(id)]),
  );
  const staff = (plain["staff"] as Record<string, unknown>[]).map((person, at) => ({
    ...person,
    counters: windows[String(person["id"])] ?? (at === 2 ? [] : [String(at + 1)]),
    backup: at === 2 ? ["1"] : [],
  }));
  return HallConfiguration.parse({
    ...plain,
    ...hall,
    staff,
    desks: [{ terminal: "desk-1", kind: "desk" }],
    attendance: { settings: COUNTY_SUMMER, from: "2026-03-02", ...asked, policy, profiles },
  });
}

export const actor = (id: string, roles: readonly Role[], staff?: number, unit: string | null = null): Actor => ({
  id: AccountId.parse(id),
  name: id,
  roles,
  unit,
  ...(staff !== undefined && { staffId: staffId(staff) }),
});

export const CLERK = actor("clerk", ["staff"], 1);
export const OTHER_CLERK = actor("other", ["staff"], 2);
export const OFFICE = actor("office", ["office"]);
export const DIRECTOR = actor("manager", ["manager"]);
export const SECOND_DIRECTOR = actor("manager-2", ["manager"]);
export const HEAD = actor("head", ["head"]);
export const INSPECTOR = actor("inspector", ["inspector"]);

/** A hall whose office is open, with time moved by hand. */
export class OfficeHall extends TestHall {
  #documents = 0;

  constructor(
    asked: HallAsked = {},
    now = MONDAY_EARLY,
    hall: object = {},
    windows: Readonly<Record<string, readonly string[]>> = {},
  ) {
    super(officeConfiguration(asked, hall, windows), now);
    this.run({ type: "tick" });
  }

  /** Goes to a moment of hall time; the clock ticks once there. */
  go(moment: string): HallEvent[] {
    this.now = instant(moment);
    return this.run({ type: "tick" });
  }

  /** Clerk n badges at window n, or at `window`, at a moment of hall time. */
  tap(n: number, moment: string, window = n, until = moment): HallEvent[] {
    const [earliest, latest] = [instant(moment), instant(until)];
    if (this.now < latest) this.go(until);
    return this.input(window, "badge-presented", { badge: badge(n) }, { occurredAt: earliest, occurredUntil: latest });
  }

  file(by: Actor, request: unknown): FiledDocument | string {
    this.#documents += 1;
    const documentId = uuid(800_000 + this.#documents);
    const document = DocumentRequest.parse({ reason: "测试", ...(request as object) });
    const outcome = this.attempt({ type: "file-document", actor: by, documentId, document });
    return "rejection" in outcome ? outcome.rejection.code : this.document(documentId);
  }

  filed(by: Actor, request: unknown): FiledDocument {
    const filed = this.file(by, request);
    if (typeof filed === "string") throw new Error(`refused: ${filed}`);
    return filed;
  }

  /** The document's state afterwards, or why it was refused. */
  sign(by: Actor, { documentId }: Pick<FiledDocument, "documentId">, decision: string, more: object = {}): string {
    const asked = DecisionRequest.parse({ decision, ...more });
    const outcome = this.attempt({ type: "sign-document", actor: by, documentId, decision: asked });
    return "rejection" in outcome ? outcome.rejection.code : this.document(documentId).state;
  }

  /** Puts a paper into the vault; the digest is its letter, many times. */
  paper(by: Actor, letter: string): string {
    const digest = letter.repeat(64);
    this.run({ type: "note-evidence", actor: by, digest, bytes: 1_000, mediaType: "application/pdf" });
    return digest;
  }

  document(documentId: string): FiledDocument {
    return present(this.hall.office?.documents.get(documentId), "document");
  }

  reported(moment: string): void {
    this.run({ type: "note-reported", untilMs: instant(moment), excused: [] });
  }

  publish(
    by: Actor | null,
    what: "week" | "month" | "absence",
    period: string,
  ): EventOf<"attendance.published"> | string {
    const ledger = this.ledger();
    const span = daysOf(period);
    const asOf = hallSecondsAt(this.now);
    const sheet =
      span === null ? { lines: [], digest: "" } : atOnce(drawPublication(ledger, span, asOf, what === "absence"));
    const outcome = this.attempt({
      type: "publish-attendance",
      actor: by,
      publicationId: uuid(850_000 + this.hall.position),
      publication: { what, period },
      sheet: { ...sheet, position: this.hall.position },
    });
    if ("rejection" in outcome) return outcome.rejection.code;
    return present(
      outcome.events.find((event) => event.type === "attendance.published"),
      "publication",
    );
  }

  ledger(): AttendanceLedger {
    return ledgerOf(this.events);
  }

  /** "state in-out late early absence" of one session. */
  verdict(n: number, date: string, session: "am" | "pm"): string {
    const ledger = this.ledger();
    const day = present(daysOf(date.slice(0, 7)), "month");
    const member = present(ledger.member(staffId(n)), "member");
    const verdicts = ledger.sessions(member, day, hallSecondsAt(this.now));
    const date0 = present(hallSeconds(`${date}T00:00:00`), "date") / 86_400;
    const found = present(
      verdicts.find((verdict) => verdict.day === date0 && verdict.session === session),
      "verdict",
    );
    const { state, late, early, absence } = found;
    return `${state} ${late}${early}${absence}`;
  }
}

const EAST = 8 * 3_600_000;

/** An instant of Shanghai's civil time. */
export const instant = (moment: string) =>
  epochMs(Date.parse(`${moment.length === 16 ? `${moment}:00` : moment}Z`) - EAST);

export const hallSecondsAt = (at: number): number => Math.floor((at + EAST) / 1000);
