import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OnoffConstructor, OnoffGpio, Sysfs } from "../../../hardware/links/onoff-channel.ts";

type Watcher = (error: Error | null | undefined, level: 0 | 1) => void;

const errno = (code: string): Error => Object.assign(new Error(`${code}: of the fake`), { code });

/** A kernel's sysfs for GPIO as a folder of files, and onoff's lines over it, as strict as the kernel. */
export class FakeSysfs implements Sysfs {
  readonly root = mkdtempSync(join(tmpdir(), "sysfs-"));
  /** What taking a line meets. */
  refusal: string | null = null;
  /** An output changed, by its offset. */
  onOutput: (offset: number, level: 0 | 1) => void = () => {};
  /** False: the native module was built for another Node. */
  isBuilt = true;
  /** Lines taken, by their number in the machine. */
  readonly taken = new Set<number>();
  readonly #levels = new Map<number, 0 | 1>();
  readonly #watchers = new Map<number, Watcher>();
  readonly #lines: number;
  readonly #base: number;
  #gpios = new Map<number, OnoffGpio>();

  constructor({ base, lines }: { readonly base: number; readonly lines: number }) {
    [this.#base, this.#lines] = [base, lines];
    this.plug();
  }

  describe(chip: string, files: Readonly<Record<string, string>>): void {
    mkdirSync(join(this.root, chip), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(this.root, chip, file), `${text}\n`);
  }

  plug(): void {
    const [base, ngpio] = [String(this.#base), String(this.#lines)];
    this.describe(`gpiochip${base}`, { label: "pinctrl-test", base, ngpio });
  }

  /** The chip goes, and takes its lines with it; those who still read them get an error. */
  unplug(): void {
    rmSync(join(this.root, `gpiochip${this.#base}`), { recursive: true, force: true });
    for (const number of this.taken) rmSync(join(this.root, `gpio${number}`), { recursive: true, force: true });
    this.taken.clear();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** As seen from outside: 1 when the line is high. */
  level(offset: number): 0 | 1 {
    return this.#levels.get(this.#base + offset) ?? 1; // Pulled up.
  }

  set(offset: number, level: 0 | 1): void {
    const number = this.#base + offset;
    if (this.level(offset) === level) return;
    this.#levels.set(number, level);
    if (this.taken.has(number)) this.interrupt(offset);
  }

  /** onoff's own way: it reads in the interrupt, and tells what it read. */
  interrupt(offset: number): void {
    const gpio = this.#gpios.get(this.#base + offset);
    if (gpio !== undefined) this.#watchers.get(this.#base + offset)?.(null, gpio.readSync());
  }

  load(): Promise<OnoffConstructor> {
    const take = (number: number, direction: "in" | "low"): OnoffGpio => this.#take(number, direction);
    if (!this.isBuilt) return Promise.reject(new Error("was compiled against a different Node.js version"));
    return Promise.resolve(
      class {
        constructor(number: number, direction: "in" | "low") {
          return take(number, direction);
        }
      } as OnoffConstructor,
    );
  }

  #take(number: number, direction: "in" | "low"): OnoffGpio {
    if (this.refusal !== null) throw errno(this.refusal);
    const offset = number - this.#base;
    // An offset is no number of the machine; beyond the chip's last line begins another chip, which has its own.
    if (offset < 0) throw errno("EINVAL");
    if (this.taken.has(number)) throw errno("EBUSY");
    this.taken.add(number);
    mkdirSync(join(this.root, `gpio${number}`));
    if (direction !== "in") this.#levels.set(number, 0);
    const alive = (): void => {
      if (!this.taken.has(number)) throw errno("ENODEV");
    };
    const gpio: OnoffGpio = {
      readSync: () => {
        alive();
        return this.level(offset);
      },
      writeSync: (level) => {
        alive();
        this.#levels.set(number, level);
        this.onOutput(offset, level);
      },
      watch: (onLevel) => void this.#watchers.set(number, onLevel),
      unexport: () => {
        alive();
        this.#watchers.delete(number);
        this.taken.delete(number);
        rmSync(join(this.root, `gpio${number}`), { recursive: true, force: true });
      },
    };
    this.#gpios.set(number, gpio);
    return gpio;
  }
}
