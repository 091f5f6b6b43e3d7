import type { HallError } from "../protocol/index.ts";

/** How a controller ends that will not or cannot go on, by error code. Between 64 and 78 a supervisor may give up. */
export const EXIT_CODES: Readonly<Record<string, number>> = {
  USAGE: 64,
  TERMINAL_UNKNOWN: 64,
  DATA_MISSING: 64,
  BACKUP_EXISTS: 64,
  RESTORE_NOT_EMPTY: 64,
  RESTORE_FOREIGN: 64,
  ACCOUNT_EXISTS: 64,
  ACCOUNT_UNKNOWN: 64,
  STAFF_UNKNOWN: 64,
  UNIT_UNKNOWN: 64,
  PASSWORD_WEAK: 64,
  PASSWORD_MISSING: 64,
  ACCOUNTS_FULL: 64,
  /** Of the hall's authority, or of the terminal itself. */
  CERTIFICATE_EXPIRED: 66,
  IDENTITY_EXPIRED: 66,
  CERTIFICATE_FOREIGN: 67,
  IDENTITY_REFUSED: 67,
  DIRECTORY_UNWRITABLE: 68,
  IDENTITY_MISSING: 69,
  ENROLMENT_REFUSED: 69,
  /** A bug, and whatever else is not named here. */
  INTERNAL: 70,
  FILE_UNREADABLE: 71,
  FILE_UNWRITABLE: 71,
  FILE_FOREIGN: 71,
  ACCOUNT_UNREADABLE: 71,
  AUTHORITY_BROKEN: 71,
  KEY_UNUSABLE: 71,
  SQLITE_TOO_OLD: 71,
  STORE_UNUSABLE: 71,
  PORT_IN_USE: 72,
  PORT_REFUSED: 72,
  /** Of the demonstration and of `hallward emulate`. */
  EMULATION_NO_LINE: 72,
  DATA_IN_USE: 73,
  LOG_BROKEN: 74,
  LOG_UNREADABLE: 74,
  DATA_DAMAGED: 74,
  BACKUP_BROKEN: 74,
  RESTORE_UNFINISHED: 74,
  DATA_NEWER: 75,
  DATA_OLDER: 75,
  JOURNAL_TOO_NEW: 75,
  /** A commit failed: nothing more is acknowledged, and a restart shows what the disk holds. */
  STORE_FAILED: 76,
  STORE_FULL: 76,
  STORE_READ_ONLY: 76,
  JOURNAL_FAILED: 76,
  BACKUP_FAILED: 76,
  RESTORE_FAILED: 76,
  CLOCK_BEHIND: 77,
  CONFIG_REFUSED: 78,
};

const EXIT_INTERNAL = 70;
const EXIT_CONFIGURATION = 78;

export function exitCodeOf({ code }: Pick<HallError, "code">): number {
  if (code.startsWith("CONFIG")) return EXIT_CONFIGURATION;
  return EXIT_CODES[code] ?? EXIT_INTERNAL;
}

/** The one clear line a person reads. */
export const lineOf = ({ code, message }: HallError): string =>
  message.startsWith(code) ? message : `${code}: ${message}`;
