import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { milliseconds, type Random } from "../../protocol/index.ts";
import { systemClock } from "../../hardware/system/system-clock.ts";
import { passed } from "../integration/kill/hands.ts";
import { terminalName } from "../integration/kill/hall-names.ts";
import { type KillHall, writeHall } from "../integration/kill/kill-hall.ts";
import type { CutPlan } from "./cut-plan.ts";
import { DiskServer, type Flushes } from "./disk/disk-server.ts";
import { makeFileSystem, readFileSystem } from "./disk/file-system.ts";
import { type CutReport, type Fate, VolatileDisk } from "./disk/volatile-disk.ts";
import { type Fact, FactReader } from "./facts.ts";
import { HTTP_PORT, MQTT_PORT } from "./guest/ports.ts";
import { isPromise, type Kept, lostFacts, readKept, tapsNotInLog } from "./judge.ts";
import { compiledDirectory } from "./machine/programs.ts";
import { lastLines, VirtualMachine } from "./machine/virtual-machine.ts";

export const TERMINALS = 3;
const DISK_BYTES = 192 * 2 ** 20;
/** A slow machine under load. */
const BOOT_MS_MAX = 400_000;
const LOG_LINES = 25;

export interface BootKind {
  readonly kernel: string;
  readonly programs: string;
  readonly flushes: Flushes;
  /** A module that breaks the product's programs on purpose. */
  readonly preload?: "synchronous-off";
}

/** One hall on one disk, through many cuts. */
export class CutHall {
  /** Everything anybody was told since the disk was new. */
  readonly facts: Fact[] = [];
  readonly #directory: string;
  readonly #hall: KillHall;
  readonly #disk: VolatileDisk;
  readonly #kind: BootKind;
  readonly #random: Random;
  #boots = 0;

  private constructor(directory: string, hall: KillHall, kind: BootKind, random: Random) {
    this.#directory = directory;
    this.#hall = hall;
    this.#kind = kind;
    this.#random = random;
    this.#disk = new VolatileDisk(makeFileSystem(hall.directory, DISK_BYTES, directory));
  }

  static async make(kind: BootKind, random: Random): Promise<CutHall> {
    const directory = mkdtempSync(join(tmpdir(), "hallward-cut-"));
    const home = join(directory, "hall");
    mkdirSync(home);
    return new CutHall(directory, await writeHall(home, TERMINALS, HTTP_PORT, MQTT_PORT), kind, random);
  }

  /** One clean day from power-on to power-off, so that node's compiled code is there for the boots that follow. */
  async rehearse(): Promise<void> {
    const boot = await this.#boot("rehearse", true);
    await boot.machine.off();
    await boot.server.close();
    if (!this.facts.some(({ type }) => type === "ready")) throw new Error(this.#account("the rehearsal failed"));
    this.#disk.cut({ survival: 1, tears: false }, this.#random);
  }

  /** Boots, lets the hall work, takes the power away as planned. What the host was told until then is in `facts`. */
  async cut(plan: CutPlan): Promise<CutReport> {
    const boot = await this.#boot("press", false);
    if (plan.from !== "power-on") await boot.reached("ready");
    if (plan.from === "promise") await boot.promised();
    await passed(plan.afterMs);
    await this.#within("the disk is written to", boot.server.cutAt(plan.changes));
    return this.#powerOff(boot, plan.fate);
  }

  /** Boots and waits until all is acknowledged and still; then takes the power away. */
  async settle(): Promise<CutReport> {
    const boot = await this.#boot("settle", false);
    await boot.reached("settled");
    return this.#powerOff(boot, { survival: 0, tears: false });
  }

  get promises(): number {
    return this.facts.filter(isPromise).length;
  }

  /** What is wrong with the disk: promises it does not keep, damage, broken rules. */
  judge(settled: boolean): readonly string[] {
    const kept = this.#read();
    if (typeof kept === "string") return [kept];
    const failed = this.facts.filter(({ type }) => type === "failed").map((fact) => JSON.stringify(fact));
    const late = settled ? tapsNotInLog(this.facts, kept, this.#hall) : [];
    return [...kept.faults, ...failed, ...lostFacts(this.facts, kept, this.#hall), ...late];
  }

  /** Leaves no file behind; with `keep`, the disk and the programs' words for whoever looks into it. */
  remove(keep: boolean): string {
    if (keep) writeFileSync(join(this.#directory, "disk.img"), this.#disk.image());
    else rmSync(this.#directory, { recursive: true, force: true });
    return this.#directory;
  }

  #read(): Kept | string {
    const found = join(this.#directory, "found");
    try {
      readFileSystem(this.#disk.image(), found, this.#directory);
    } catch (thrown) {
      return String(thrown);
    }
    return readKept(
      found,
      Array.from({ length: TERMINALS }, (_, index) => terminalName(index + 1)),
    );
  }

  async #boot(work: string, writable: boolean) {
    const { kernel, programs, flushes, preload } = this.#kind;
    this.#boots += 1;
    const server = await DiskServer.listen(join(this.#directory, `disk-${this.#boots}.sock`), this.#disk, flushes);
    const reader = new FactReader();
    const heard: Fact[] = [];
    let look = (): void => {};
    const machine = new VirtualMachine({
      kernel,
      script: "test/kernel/guest/power-cut.sh",
      options: {
        directory: this.#hall.directory,
        programs,
        work,
        terminals: String(TERMINALS),
        preload: preload ?? "",
      },
      disk: server.path,
      share: { path: compiledDirectory(programs), writable },
      logs: this.#directory,
      onFacts: (chunk) => {
        const facts = reader.take(chunk);
        heard.push(...facts);
        this.facts.push(...facts);
        look();
      },
    });
    const said = (isIt: (fact: Fact) => boolean): Promise<void> =>
      new Promise((resolve) => {
        look = () => {
          if (heard.some((fact) => isIt(fact) || fact.type === "failed")) resolve();
        };
        look();
      });
    const waitFor = (what: string, isIt: (fact: Fact) => boolean): Promise<void> => {
      const gone = machine.off().then(() => {
        throw new Error(this.#account(`the machine went off before ${what}`));
      });
      return this.#within(what, Promise.race([said(isIt), gone]));
    };
    const reached = (type: Fact["type"]) => waitFor(`the hall is ${type}`, (fact) => fact.type === type);
    const promised = () => waitFor("anything is promised", isPromise);
    return { server, machine, reached, promised };
  }

  async #powerOff(
    { server, machine }: { server: DiskServer; machine: VirtualMachine },
    fate: Fate,
  ): Promise<CutReport> {
    server.cut(); // First: what the machine says from now on rests on what the disk had already confirmed.
    await machine.kill();
    await server.close();
    return this.#disk.cut(fate, this.#random);
  }

  async #within(what: string, done: Promise<void>): Promise<void> {
    const patience = new Promise<never>((_, reject) => {
      const timer = systemClock.after(milliseconds(BOOT_MS_MAX), () =>
        reject(new Error(this.#account(`not in time: ${what}`))),
      );
      void done.then(() => timer.cancel());
    });
    await Promise.race([done, patience]);
  }

  #account(what: string): string {
    const words = ["console.log", "output.log"].map((name) => lastLines(join(this.#directory, name), LOG_LINES));
    return [what, ...words].join("\n");
  }
}
