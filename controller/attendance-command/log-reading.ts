import { HallError } from "../../protocol/index.ts";
import { openLogReader, type SqliteLogReader } from "../adapters/store/sqlite-log-reader.ts";

const EXIT_REFUSED = 2;

/** Opens a hall's log for as long as `work` takes. */
export async function reading(data: string, work: (reader: SqliteLogReader) => Promise<void>): Promise<void> {
  const reader = openLogReader(data);
  try {
    await work(reader);
  } finally {
    reader.close();
  }
}

/** What cannot be done is one line on stderr. */
export async function answering(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if (!(thrown instanceof HallError)) throw thrown;
    process.stderr.write(`${thrown.code} ${thrown.message}\n`.replace(/\s*\n\s*(?=.)/gu, " "));
    process.exitCode = EXIT_REFUSED;
  }
}
