import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openEventStore } from "../../controller/adapters/store/sqlite-event-store.ts";
import { MemoryDisk, openMemoryEventStore } from "../../controller/engine/memory-event-store.ts";
import { describeEventStore } from "./event-store-contract.ts";

describeEventStore("in memory", () => {
  const disk = new MemoryDisk();
  return { open: () => openMemoryEventStore(disk), crash: () => disk.crash() };
});

// A process cannot kill itself here: closing stands for the crash. test/integration/store kills real processes.
describeEventStore("on SQLite", () => {
  const directory = mkdtempSync(join(tmpdir(), "hallward-store-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return { open: () => openEventStore(directory), crash: (store) => store.close() };
});
