import type { StaffId } from "../../../protocol/index.ts";
import { type Actor, hasRole, type Role } from "../access/actor.ts";
import type { HallView } from "../state.ts";
import type { AttendanceConfiguration } from "./attendance-configuration.ts";
import type { DocumentKind } from "./document-request.ts";
import type { Office } from "./office-events.ts";

/** Whom a document of each kind is taken from, besides the person it is about. Product defaults. */
const FILERS: { readonly [K in DocumentKind]: { readonly own: boolean; readonly roles: readonly Role[] } } = {
  leave: { own: true, roles: ["head", "manager", "office"] },
  correction: { own: true, roles: ["head", "manager", "office"] },
  objection: { own: true, roles: ["head"] },
  permit: { own: false, roles: ["head", "manager", "office"] },
  cover: { own: false, roles: ["head", "manager", "office"] },
  "lunch-duty": { own: false, roles: ["head", "manager", "office"] },
  shifts: { own: false, roles: ["head", "manager", "office"] },
  meeting: { own: false, roles: ["head", "manager", "office"] },
  finding: { own: false, roles: ["inspector", "manager"] },
  warning: { own: false, roles: ["inspector", "manager"] },
  return: { own: false, roles: ["head", "manager", "office"] },
  posting: { own: false, roles: ["head", "manager", "office"] },
  step: { own: false, roles: ["manager", "office"] },
  "out-of-service": { own: false, roles: ["inspector", "manager", "office"] },
};

/** The centre's own people are of this unit, and so is whoever no unit names. */
export const CENTRE_UNIT = "centre";

export const attendanceOf = ({ configuration }: HallView): AttendanceConfiguration | null =>
  (configuration?.attendance as AttendanceConfiguration | undefined) ?? null;

export const unitOf = (attendance: AttendanceConfiguration | null, person: string): string =>
  attendance?.units.find(({ staff }) => staff.includes(person as StaffId))?.id ?? CENTRE_UNIT;

/** A head speaks for the people of their own unit; one without a unit for the centre's. */
export const isOfUnit = (attendance: AttendanceConfiguration | null, actor: Actor, person: string): boolean =>
  unitOf(attendance, person) === (actor.unit ?? CENTRE_UNIT);

/** Whether `actor` may see what is on file about this person. */
export function maySee(hall: HallView, actor: Actor, person: string): boolean {
  if (actor.staffId === person || hasRole(actor, ["manager", "inspector", "office"])) return true;
  return hasRole(actor, ["head"]) && isOfUnit(attendanceOf(hall), actor, person);
}

export function mayFile(hall: HallView, actor: Actor, kind: DocumentKind, people: readonly StaffId[]): boolean {
  const { own, roles } = FILERS[kind];
  if (own && people.every((person) => person === actor.staffId)) return true;
  const among = roles.filter((role) => actor.roles.includes(role));
  if (among.length === 0) return false;
  if (among.some((role) => role !== "head")) return true;
  return people.every((person) => isOfUnit(attendanceOf(hall), actor, person));
}

/** Who signs in an office of the regulation where the hall has named nobody for it: a product default. */
const HOLDERS: Readonly<Record<string, readonly Role[]>> = {
  office: ["office", "manager"],
  "party-office": ["office", "manager"],
  "hall-head": ["head", "manager"],
  "chief-representative": ["head"],
  "division-leader": ["head", "manager"],
  "b-post": ["staff", "head"],
};
const OF_THE_UNIT: ReadonlySet<string> = new Set(["sending-unit", "unit-leader", "chief-representative"]);

/** Whether this account may sign in `office` for what concerns `person`. */
export function holdsOffice(hall: HallView, actor: Actor, office: Office, person: string): boolean {
  const attendance = attendanceOf(hall);
  const named = attendance?.offices[office.id];
  if (named !== undefined) return named.includes(actor.id);
  if (OF_THE_UNIT.has(office.id)) return hasRole(actor, ["head"]) && isOfUnit(attendance, actor, person);
  return hasRole(actor, HOLDERS[office.id] ?? ["manager"]);
}
