import type { Database } from "better-sqlite3";
import { FORMER_STREAMS_MAX, type FormerStream, Input, StreamId } from "../../protocol/index.ts";

/** Beside the tables of any version: firmware that does not know it leaves it alone. */
const TABLE = `
  CREATE TABLE former_input (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    acknowledged_ms INTEGER NOT NULL,
    PRIMARY KEY (stream, seq)
  ) STRICT;
`;
const IS_HERE = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'former_input'";

export function prepareFormerInputs(database: Database): void {
  if (database.prepare<[], number>(IS_HERE).pluck().get() === 0) database.exec(TABLE);
}

interface StreamRow {
  readonly stream: string;
  readonly tail: number;
  readonly head: number;
}

/** Acknowledged inputs of streams that were left behind. To be written within the journal's own transactions. */
export class FormerInputs {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  streams(): FormerStream[] {
    const rows = this.#database
      .prepare<[], StreamRow>(
        "SELECT stream, min(seq) AS tail, max(seq) AS head FROM former_input GROUP BY stream ORDER BY min(rowid)",
      )
      .all();
    return rows.map(({ stream, tail, head }) => ({ stream: StreamId.parse(stream), tail, head }));
  }

  read(stream: StreamId, from: number, to: number): Input[] {
    const bodies = this.#database
      .prepare<[string, number, number], string>(
        "SELECT body FROM former_input WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq",
      )
      .pluck()
      .all(stream, from, to);
    return bodies.map((body) => Input.parse(JSON.parse(body)));
  }

  /** Takes over what `input` holds up to `done`; `ackedAtMs` where that is not written yet. */
  keep(stream: StreamId, done: number, ackedAtMs: number): void {
    this.#database
      .prepare(
        `INSERT INTO former_input (stream, seq, body, acknowledged_ms)
         SELECT ?, seq, body, coalesce(acknowledged_ms, ?) FROM input WHERE seq <= ? ORDER BY seq`,
      )
      .run(stream, ackedAtMs, done);
    for (const { stream: oldest } of this.streams().slice(0, -FORMER_STREAMS_MAX)) {
      this.#database.prepare("DELETE FROM former_input WHERE stream = ?").run(oldest);
    }
  }

  /** The oldest make way. */
  drop(rows: number): void {
    this.#database
      .prepare("DELETE FROM former_input WHERE rowid IN (SELECT rowid FROM former_input ORDER BY rowid LIMIT ?)")
      .run(rows);
  }

  /** As the journal prunes: a run of old ones from each stream's tail on. */
  prune(beforeMs: number): void {
    for (const { stream, head } of this.streams()) {
      const kept = this.#database
        .prepare<[string, number], number | null>(
          "SELECT min(seq) FROM former_input WHERE stream = ? AND acknowledged_ms > ?",
        )
        .pluck()
        .get(stream, beforeMs);
      this.#database.prepare("DELETE FROM former_input WHERE stream = ? AND seq < ?").run(stream, kept ?? head + 1);
    }
  }
}

/** What is left after the oldest one has made way. */
export function withoutOldest([first, ...others]: readonly FormerStream[]): readonly FormerStream[] {
  if (first === undefined || first.tail === first.head) return others;
  return [{ ...first, tail: first.tail + 1 }, ...others];
}
