import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { SeededRandom } from "../../support/seeded-random.ts";
import { enrolTerminals, hallOf, terminalDirectory, writeHall } from "../../bench/bench-hall.ts";
import { DiskServer } from "../disk/disk-server.ts";
import { makeFileSystem, readFileSystem } from "../disk/file-system.ts";
import { type CutReport, VolatileDisk } from "../disk/volatile-disk.ts";
import { lastLines, VirtualMachine } from "../machine/virtual-machine.ts";
import { layOutDisk } from "./box-disk.ts";

const DISK_BYTES = 320 * 2 ** 20;
const LOG_LINES = 80;
const TAPS = "SELECT count(*) FROM input WHERE body LIKE '%badge-presented%'";

/** What is in the terminal's journal, read on the host. */
export interface FoundJournal {
  readonly intact: boolean;
  readonly seqs: readonly number[];
  readonly boot: number;
  /** Cards that were tapped. */
  readonly taps: number;
}

/** One counter's box: a machine with systemd, and a disk that forgets at a power cut what was not flushed. */
export class CounterBox {
  /** What rehearsal.sh said since the last power-on. */
  said: string[] = [];
  readonly #directory: string;
  readonly #disk: VolatileDisk;
  readonly #kernel: string;
  readonly #archive: string;
  readonly #modules: string;
  #boots = 0;
  #machine: VirtualMachine | null = null;
  #server: DiskServer | null = null;
  #look = (): void => {};

  private constructor(directory: string, disk: VolatileDisk, kernel: string, archive: string, modules: string) {
    [this.#directory, this.#disk, this.#kernel, this.#archive] = [directory, disk, kernel, archive];
    this.#modules = modules;
  }

  /** `archive`: the firmware, `modules`: a folder of the kernel's GPIO simulator, both on the host. */
  static async make(kernel: string, archive: string, modules: string): Promise<CounterBox> {
    const directory = mkdtempSync(join(tmpdir(), "hallward-box-"));
    const hall = writeHall(join(directory, "hall"), hallOf({ counters: 1, zone: "Asia/Shanghai" }));
    await enrolTerminals(hall, 1);
    layOutDisk(join(directory, "disk"), terminalDirectory(hall.directory, 1));
    const disk = new VolatileDisk(makeFileSystem(join(directory, "disk"), DISK_BYTES, directory));
    mkdirSync(join(directory, "nothing"));
    return new CounterBox(directory, disk, kernel, archive, modules);
  }

  async powerOn(work: "rehearse" | "again"): Promise<void> {
    this.#boots += 1;
    this.said = [];
    let rest = "";
    const server = await DiskServer.listen(join(this.#directory, `disk-${this.#boots}.sock`), this.#disk, "kept");
    this.#server = server;
    this.#machine = new VirtualMachine({
      kernel: this.#kernel,
      script: "test/kernel/firmware/become-systemd.sh",
      options: {
        become: "systemd",
        work,
        archive: this.#archive,
        modules: this.#modules,
        "systemd.unit": "multi-user.target",
      },
      disk: server.path,
      share: { path: join(this.#directory, "nothing"), writable: false },
      logs: this.#directory,
      onFacts: (chunk) => {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        this.said.push(...lines);
        this.#look();
      },
    });
  }

  /** Resolves with the line that `isIt` finds; rejects when the machine has given up. */
  async until(isIt: (line: string) => boolean): Promise<string> {
    const heard = new Promise<string>((resolve, reject) => {
      this.#look = () => {
        const found = this.said.find(isIt);
        if (found !== undefined) resolve(found);
        const failed = this.said.find((line) => line.startsWith("failed"));
        if (failed !== undefined) reject(new Error(this.account(failed)));
      };
      this.#look();
    });
    const gone = this.#machine?.off().then(() => {
      throw new Error(this.account("the machine went off"));
    });
    return Promise.race([heard, gone ?? heard]);
  }

  /** The mains fail: of what the disk had not flushed, half is gone. */
  async cutPower(random: SeededRandom): Promise<CutReport> {
    this.#server?.cut(); // First: what is said from now on rests on what the disk had already confirmed.
    await this.#machine?.kill();
    await this.#server?.close();
    return this.#disk.cut({ survival: 0.5, tears: true }, random);
  }

  /** Throws when the file system is damaged. */
  journal(): FoundJournal {
    const found = join(this.#directory, "found");
    readFileSystem(this.#disk.image(), found, this.#directory);
    const database = new Database(join(found, "var/lib/hallward/journal.sqlite"));
    const intact = database.pragma("integrity_check", { simple: true }) === "ok";
    const seqs = database.prepare<[], number>("SELECT seq FROM input ORDER BY seq").pluck().all();
    const boot = database.prepare<[], number>("SELECT boot FROM position").pluck().get() ?? 0;
    const taps = database.prepare<[], number>(TAPS).pluck().get() ?? 0;
    database.close();
    return { intact, seqs, boot, taps };
  }

  /** The highest number of inputs that was said to be in the journal. */
  get journalled(): number {
    return Math.max(0, ...this.said.map((line) => Number(/^journalled (\d+)$/u.exec(line)?.[1] ?? 0)));
  }

  account(what: string): string {
    const words = ["console.log", "output.log"].map((name) => lastLines(join(this.#directory, name), LOG_LINES));
    return [what, ...this.said, ...words].join("\n");
  }

  async remove(): Promise<void> {
    await this.#machine?.kill();
    await this.#server?.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
