import type { BusinessDate, StaffId } from "../../../protocol/index.ts";
import type { AccountId } from "./actor.ts";

/** People named by one view: a sheet of the largest hall. */
export const VIEWED_MAX = 2_000;

/** What was looked at: whose record, which part of it, and of which days. */
export interface RecordView {
  /** A stable word: "record", "sheet", "export", "leave", ... */
  readonly what: string;
  /** Whose; never empty. */
  readonly people: readonly StaffId[];
  /** Inclusive. Null: not bound to days. */
  readonly from: BusinessDate | null;
  readonly to: BusinessDate | null;
}

/** What an account did at the door. */
export type AccountDeed = "signed-in" | "signed-out" | "locked-out" | "password-changed" | "created";

/** The audit trail of those who sign in. None of it changes what the hall does. */
export interface AccessEvents {
  /** Somebody looked at what is on file about others. */
  "record.viewed": RecordView & { readonly accountId: AccountId };
  "account.signed-in": { readonly accountId: AccountId };
  "account.signed-out": { readonly accountId: AccountId };
  /** Too many wrong passwords: nobody signs in with it for a while. */
  "account.locked-out": { readonly accountId: AccountId };
  "account.password-changed": { readonly accountId: AccountId };
  /** The hall's first account, made with the one-time link. */
  "account.created": { readonly accountId: AccountId };
}

export type AccessOrder =
  | { readonly type: "note-view"; readonly accountId: AccountId; readonly view: RecordView }
  | { readonly type: "note-account"; readonly accountId: AccountId; readonly deed: AccountDeed };
