import { readProfile } from "../../../../controller/adapters/policies/policy-files.ts";
import { AccountId, type Actor, type Role } from "../../../../controller/core/access/actor.ts";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { DocumentRequest } from "../../../../controller/core/office/document-request.ts";
import { staffId, testConfiguration, uuid } from "../../../support/test-hall.ts";
import type { GoldenHall } from "./golden-hall.ts";

const who = (role: Role): Actor => ({ id: AccountId.parse(role), name: role, roles: [role], unit: null });
const CLERK: Actor = { ...who("staff"), staffId: staffId(1) };
const LEAVE = uuid(800_001);
const PAPER = "ab".repeat(32);

/** Two days of the office: empty posts, too few windows, a leave and its paper, a sign-off put off, a week hung up. */
export function playOfficeDays(hall: GoldenHall): void {
  hall.run({ type: "start", version: "0.1.0", configuration: officeHall() });
  hall.skipTo(8, 10);
  hall.wait(1); // Nobody came: both windows are empty.
  hall.tap(1, 1);
  hall.wait(1);
  const paper = { digest: PAPER, bytes: 7, mediaType: "image/png" };
  hall.run({ type: "note-evidence", actor: CLERK, ...paper });
  hall.run({ type: "file-document", actor: CLERK, documentId: LEAVE, document: leaveOn(hall.hall.day?.date ?? "") });
  hall.run({ type: "sign-document", actor: who("manager"), documentId: LEAVE, decision: { decision: "approve" } });
  hall.run({ type: "erase-evidence", actor: who("manager"), digest: PAPER, reason: "依法" });
  putOffSignOff(hall);
  hall.skip(9 * 24 * 60);
  hall.run({ type: "tick" });
  hall.run({ type: "note-reported", untilMs: hall.hall.lastRecordedAtMs, excused: [] });
  const sheet = { lines: [{ person: "s01", cells: "a,x" }], digest: PAPER, position: hall.hall.position };
  const publication = { what: "week", period: weekBefore(hall) } as const;
  hall.run({ type: "publish-attendance", actor: null, publicationId: uuid(850_001), publication, sheet });
  hall.run({ type: "start", version: "0.1.0", configuration: officeHall(true) }); // Without a consent (ATT-69).
}

/** HRS-20: who was to sign off after the last ticket stays for the one who came meanwhile. */
function putOffSignOff(hall: GoldenHall): void {
  hall.skipTo(11, 40);
  hall.tickets("tax");
  hall.wait(6);
  hall.input(1, "call-next");
  hall.wait(1);
  hall.tap(1, 1);
  hall.about(1, "service-started");
  hall.wait(5);
  hall.tickets("tax");
  hall.about(1, "service-finished");
  hall.wait(70);
}

const leaveOn = (date: string): DocumentRequest =>
  DocumentRequest.parse({
    kind: "leave",
    person: "s01",
    leave: "personal",
    from: `${date}T14:30`,
    to: `${date}T15:00`,
    reason: "事假",
    evidence: PAPER,
  });

/** The ISO week that was over a week ago, whatever day it is. */
function weekBefore(hall: GoldenHall): string {
  const day = new Date(hall.hall.lastRecordedAtMs - 7 * 86_400_000);
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * 86_400_000);
  const week = Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}

const CONSENT = { consent: { value: [{ id: "centre", zh: "中心" }], rules: ["ATT-69"] } };

/** Every day is worked. `moved`: the first clerk has another window than before. */
function officeHall(moved = false): HallConfiguration {
  const plain = testConfiguration(2);
  const staff = plain.staff.map((person, at) => (moved && at === 0 ? { ...person, counters: ["2"] } : person));
  return HallConfiguration.parse({
    ...plain,
    staff,
    attendance: {
      policy: moved ? { extends: "county", posting: CONSENT } : "county",
      settings: { summer: { from: "06-01", to: "09-30" }, restWeekdays: [] },
      profiles: { county: readProfile("county") },
      staffing: [{ service: "tax", windows: 2, to: "10:00" }],
    },
  });
}
