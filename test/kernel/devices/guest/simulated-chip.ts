import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const CONFIG = "/sys/kernel/config/gpio-sim";

/** A GPIO chip of the kernel's own simulator, gpio-sim: lines with names, and a hand on each of them. */
export class SimulatedChip {
  readonly #folder: string;
  readonly #lines: readonly string[];
  /** Lines that are not pulled up are down. */
  readonly #up = new Set<string>();
  /** Where its lines are while it is plugged in. */
  #device: string | null = null;

  constructor(label: string, lines: readonly string[]) {
    this.#lines = lines;
    this.#folder = join(CONFIG, label);
    this.#forget(); // Of a test that did not come to its end.
    const bank = join(this.#folder, "bank0");
    mkdirSync(bank, { recursive: true });
    writeFileSync(join(bank, "num_lines"), String(lines.length));
    writeFileSync(join(bank, "label"), label);
    for (const [offset, name] of lines.entries()) {
      mkdirSync(join(bank, `line${offset}`));
      writeFileSync(join(bank, `line${offset}`, "name"), name);
    }
  }

  /** As the kernel has numbered it this time. */
  get chipName(): string {
    return basename(this.#device ?? "");
  }

  plug(): void {
    if (this.#device !== null) return;
    writeFileSync(join(this.#folder, "live"), "1");
    const [device, chip] = ["dev_name", "bank0/chip_name"].map((file) => textOf(join(this.#folder, file)));
    this.#device = join("/sys/devices/platform", device ?? "", chip ?? "");
    for (const line of this.#lines) this.#pull(line);
  }

  unplug(): void {
    if (this.#device === null) return;
    this.#device = null;
    writeFileSync(join(this.#folder, "live"), "0");
  }

  /** What a contact or a resistor does to an input; kept while the chip is away. */
  pull(line: string, way: "up" | "down"): void {
    if (way === "up") this.#up.add(line);
    else this.#up.delete(line);
    if (this.#device !== null) this.#pull(line);
  }

  /** True while the line is high. */
  level(line: string): boolean {
    return this.#device !== null && textOf(this.#file(line, "value")) === "1";
  }

  release(): void {
    this.#device = null;
    this.#forget();
  }

  #forget(): void {
    if (!existsSync(this.#folder)) return;
    const live = join(this.#folder, "live");
    if (textOf(live) === "1") writeFileSync(live, "0");
    const bank = join(this.#folder, "bank0");
    for (const entry of readdirSync(bank)) if (entry.startsWith("line")) rmdirSync(join(bank, entry));
    rmdirSync(bank);
    rmdirSync(this.#folder);
  }

  #pull(line: string): void {
    writeFileSync(this.#file(line, "pull"), this.#up.has(line) ? "pull-up" : "pull-down");
  }

  #file(line: string, name: "pull" | "value"): string {
    return join(this.#device ?? "", `sim_gpio${this.#lines.indexOf(line)}`, name);
  }
}

const textOf = (file: string): string => readFileSync(file, "utf8").trim();
