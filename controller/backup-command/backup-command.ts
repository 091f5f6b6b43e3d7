import { resolve } from "node:path";
import { Command } from "commander";
import type { Clock, HallId, Random } from "../../protocol/index.ts";
import { silentLog } from "../../protocol/index.ts";
import type { ControllerConfiguration } from "../config.ts";
import { makeBackup } from "./make-backup.ts";
import { backupPaperLines, restoredPaperLines } from "./paper-lines.ts";
import { restoreBackup } from "./restore-backup.ts";

/** What the commands need of the world, and how they speak: see `main.ts`. */
export interface CommandWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly configFrom: (file: string) => ControllerConfiguration;
  readonly speaking: (work: () => Promise<void>) => Promise<void>;
  readonly say: (line: string) => void;
}

interface Flags {
  readonly config: string;
}

interface RestoreFlags extends Flags {
  readonly from: string;
  readonly replace: boolean;
  readonly erased?: string;
}

/** `hallward backup`. The controller may be running. */
export const backupCommandOf = (world: CommandWorld): Command =>
  new Command("backup")
    .description("copy the hall's log, keys and papers, verified, into a new folder; the controller may be running")
    .requiredOption("--config <file>", "the controller's configuration, YAML")
    .requiredOption("--to <folder>", "the folder to make")
    .action(({ config, to }: Flags & { readonly to: string }) =>
      world.speaking(async () => {
        const { clock, say } = world;
        const { log, files, hall, papers } = await makeBackup({
          ...placeOf(world, config),
          target: resolve(to),
          clock,
        });
        say(`hall ${hall}: ${log.position} events, ${files.length} files, verified, in ${resolve(to)}`);
        for (const line of backupPaperLines(papers)) say(line);
      }),
    );

/** `hallward restore`. The controller must not be running. */
export const restoreCommandOf = (world: CommandWorld): Command =>
  new Command("restore")
    .description("put a backup in place of the hall's data; its controller must not be running")
    .requiredOption("--config <file>", "the controller's configuration, YAML")
    .requiredOption("--from <folder>", "the backup")
    .option("--replace", "set aside the data that are there", false)
    .option("--erased <file>", "digests of papers that were erased since, one a line")
    .action(({ config, from, replace, erased }: RestoreFlags) =>
      world.speaking(async () => {
        const { clock, random, say } = world;
        const where = { backup: resolve(from), ...placeOf(world, config), replace };
        const erasedFile = erased === undefined ? null : resolve(erased);
        const { manifest, setAside, papers } = await restoreBackup({
          ...where,
          erasedFile,
          clock,
          random,
          log: silentLog,
        });
        const made = new Date(manifest.madeAtMs).toISOString();
        say(`hall ${manifest.hall}: ${manifest.log.position} events of ${made} are in place; start the controller`);
        say("open tickets wait until somebody confirms them on the hall page 未确认的号票须在大厅页面逐一确认");
        for (const line of restoredPaperLines(papers, setAside === null ? made : null)) say(line);
        if (setAside !== null) say(`what was there lies in ${setAside}`);
      }),
    );

function placeOf({ configFrom }: CommandWorld, file: string): { readonly directory: string; readonly hall: HallId } {
  const { directory, hall } = configFrom(file);
  return { directory, hall: hall.hall };
}
