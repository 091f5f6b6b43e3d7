import { type Actor, hasRole, type Role } from "../../core/access/actor.ts";

/** Who may use a route. Nothing is open that does not say so. */
export type Access = "everybody" | "signed-in" | readonly Role[];

/** Those who look after the hall as a whole. */
export const HALL_WATCHERS: readonly Role[] = ["head", "manager", "inspector", "office"];
/** Those who act on the hall from the hall page. */
export const HALL_KEEPERS: readonly Role[] = ["head", "manager"];

export function mayUse(access: Access, actor: Actor | null): boolean {
  if (access === "everybody") return true;
  if (actor === null) return false;
  return access === "signed-in" || hasRole(actor, access);
}
