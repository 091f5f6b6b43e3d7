import Database from "better-sqlite3";

/** In one step: the most that SQLite takes as a number of pages. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies a log as of one moment, also while its controller writes it: all pages in one step. The copy is one file
 * without a write-ahead log, which a read-only medium can serve. It is not synced.
 */
export async function copyLog(from: string, to: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    await source.backup(to, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  const copy = new Database(to);
  try {
    copy.pragma("journal_mode = DELETE");
  } finally {
    copy.close();
  }
}
