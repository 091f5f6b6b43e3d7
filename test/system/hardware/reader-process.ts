// A process of its own with one RDM6300 reader on a serial line. It writes what happens as lines of JSON, and closes on
// SIGTERM; it then ends by itself only if no handle is left. The second argument names an event at which it stalls
// once, the whole process, until a byte comes on its standard input.
import { readdirSync, readlinkSync, readSync, writeSync } from "node:fs";
import { createRdm6300Reader } from "../../../hardware/drivers/rdm6300-reader.ts";
import { createSerialLink } from "../../../hardware/links/serial-link.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import type { LogFields } from "../../../protocol/base/log.ts";
import { present } from "../../../protocol/base/assert.ts";

const [, , path, stallAt] = process.argv;
let hasStalled = false;

function say(event: string, fields: LogFields = {}): void {
  writeSync(1, `${JSON.stringify({ event, ...fields })}\n`);
  if (event !== stallAt || hasStalled) return;
  hasStalled = true;
  readSync(0, new Uint8Array(1));
}

/** Terminals this process holds open. */
const ptysHeld = (): number =>
  readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith("/dev/pts/");
    } catch {
      return false; // The folder's own handle, gone again.
    }
  }).length;

const log = { debug: say, info: say, warn: say, error: say };
const link = createSerialLink({ path: present(path, "path"), baudRate: 9600, clock: systemClock, log });
const reader = createRdm6300Reader({ link, clock: systemClock });

process.once("SIGTERM", () => {
  void reader.close().then(() => say("closed", { ptysHeld: ptysHeld() }));
});

await reader.open({
  onBadge: ({ badge }) => say("badge", { badge }),
  onHealth: (health) => say(health.state === "ok" ? "healthy" : "faulty", { ptysHeld: ptysHeld() }),
  onBadFrame: (reason) => say("bad-frame", { reason }),
});
