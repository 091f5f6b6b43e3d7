import { z } from "zod";
import { StaffId } from "../../../protocol/index.ts";

/** What somebody who signs in may be. `office` reads sheets and files documents; `inspector` reads all and finds. */
export const Role = z.enum(["staff", "head", "manager", "inspector", "office"]);
export type Role = z.infer<typeof Role>;
export const ROLES: readonly Role[] = Role.options;

/** The name with which somebody signs in. */
export const AccountId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,31}$/u, "lower-case letters, digits, '-' and '.', at most 32 characters")
  .brand<"AccountId">();
export type AccountId = z.infer<typeof AccountId>;

export const UNIT_LENGTH_MAX = 64;
export const NAME_LENGTH_MAX = 32;

/**
 * Who asks: an account that has signed in, and is still enabled. Deny by default: a route, a command or a document asks
 * what the actor may do, and not what is forbidden.
 */
export const Actor = z.object({
  id: AccountId,
  name: z.string().min(1).max(NAME_LENGTH_MAX),
  roles: z.array(Role).min(1).max(ROLES.length).readonly(),
  /** The sending unit whose people a head or an office sees. Null: none in particular. */
  unit: z.string().min(1).max(UNIT_LENGTH_MAX).nullable(),
  /** Whom of the roster the account belongs to. Absent for people who stand at no window. */
  staffId: StaffId.optional(),
});
export type Actor = z.infer<typeof Actor>;

export const hasRole = ({ roles }: Pick<Actor, "roles">, among: readonly Role[]): boolean =>
  roles.some((role) => among.includes(role));

/** Whether `staffId`'s record is the actor's own. */
export const isOwn = (actor: Pick<Actor, "staffId">, staffId: StaffId): boolean => actor.staffId === staffId;
