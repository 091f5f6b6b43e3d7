import { existsSync } from "node:fs";
import { join } from "node:path";
import { HallError } from "../../protocol/index.ts";
import { readLogSeal } from "../adapters/authority/log-seal.ts";
import { DATABASE_FILE } from "../adapters/store/sqlite-event-store.ts";
import { openLogReader, type SqliteLogReader } from "../adapters/store/sqlite-log-reader.ts";
import type { SeriesDrawn } from "../core/events.ts";
import { evolve } from "../core/hall.ts";
import { emptyHall } from "../core/state.ts";
import { foldStored } from "../engine/recovery.ts";
import { verifyLog } from "../log-command/verify-log.ts";
import type { Manifest } from "./manifest.ts";

/**
 * Where the number series stand in the log of `directory`, which is to make way for a copy. Empty unless that log is
 * sound and goes on from the very copy: then it knows every number given since, also of a life that this copy, restored
 * once before, has had already.
 */
export function seriesOfFormer(directory: string, copy: Manifest["log"]): readonly SeriesDrawn[] {
  if (!existsSync(join(directory, DATABASE_FILE))) return [];
  try {
    const reader = openLogReader(directory);
    try {
      return goesOnFrom(copy, reader) && verifyLog(reader, readLogSeal(directory)).sound ? seriesIn(reader) : [];
    } finally {
      reader.close();
    }
  } catch (thrown) {
    if (thrown instanceof HallError) return []; // What cannot be read makes way all the same.
    throw thrown;
  }
}

function goesOnFrom({ position, head }: Manifest["log"], reader: SqliteLogReader): boolean {
  const [there] = reader.read(position, 1);
  return there?.seq === position && there.hash === head;
}

function seriesIn(reader: SqliteLogReader): SeriesDrawn[] {
  const hall = emptyHall();
  for (const stored of reader.read(1, reader.head().seq)) foldStored(evolve, hall, stored);
  return [...hall.series].map(([queueId, series]) => ({ queueId, ...series }));
}
